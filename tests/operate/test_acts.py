"""What people decide at the keyboard is kept, listed and taken back."""

from __future__ import annotations

import pytest
import yaml
from typer.testing import CliRunner

import portevoix
from cities.folder import CityFolder
from cities.settings import Settings
from decisions.contacts import last_contacts
from decisions.occasions import under_way
from decisions.store import open_store

LOU = "mastodon:lou@saone.example"


@pytest.fixture
def say(folder: CityFolder, monkeypatch: pytest.MonkeyPatch) -> Say:
    """The command line over a home with the demo city."""
    monkeypatch.setenv("PORTEVOIX_DATA", str(folder.root.parent))
    return Say()


class Say:
    """Runs one verb; returns what it printed."""

    def __call__(self, words: str, *more: str) -> str:
        done = CliRunner().invoke(portevoix.app, [*words.split(), *more])
        assert done.exit_code == 0, done.exception
        return done.stdout.strip()


def test_an_occasion_its_day_and_its_guests_are_listed(say: Say, settings: Settings) -> None:
    occasion_id = say("occasion open montreval Fête --theme music --on 2026-12-05")
    invitation_id = say(f"invite choose montreval {occasion_id} {LOU}")
    assert say("occasion list montreval") == f"{occasion_id}  project  2026-12-05  Fête"
    assert say("invite list montreval") == f"{invitation_id}  {occasion_id}  chosen  {LOU}"
    with open_store(settings) as store, store.reading() as session:
        assert str(under_way(session, "montreval")[0].on) == "2026-12-05"
    say(f"occasion close montreval {occasion_id}")
    assert say("occasion list montreval") == ""


def test_a_letter_by_hand_counts_as_a_contact(say: Say, settings: Settings) -> None:
    assert say(f"contact montreval {LOU}").startswith("t-")
    with open_store(settings) as store, store.reading() as session:
        assert [f"mastodon:{c.account.author_id}" for c in last_contacts(session, "montreval")] == [
            LOU
        ]


def test_a_correction_is_listed_and_taken_back(say: Say) -> None:
    say(f"correct montreval {LOU} theme wine")
    listed = say("correction list montreval")
    correction_id, *rest = listed.split()
    assert rest == [LOU, "theme", "wine"]
    say(f"correction withdraw montreval {correction_id}")
    assert say("correction list montreval") == ""


def test_a_number_is_set_listed_and_given_back(say: Say) -> None:
    say("rule set montreval team.size 10")
    assert say("rule list montreval") == "team.size  10"
    say("rule reset montreval team.size")
    assert say("rule list montreval") == ""


def test_a_member_is_listed(say: Say) -> None:
    member_id = say(f"member add montreval {LOU} --consent 2026-05")
    assert say("member list montreval").startswith(member_id)


def test_an_opening_is_confirmed_set_aside_and_taken_back(say: Say) -> None:
    occasion_id = say("opening confirm montreval A1 Cardons --on 2026-12-05 --trade restaurant")
    assert say("opening confirm montreval A1 Cardons") == occasion_id
    assert say("occasion list montreval") == f"{occasion_id}  opening  2026-12-05  Cardons"
    say(f"occasion withdraw montreval {occasion_id}")
    say("opening set-aside montreval A1 --reason at_home")
    assert say("opening list montreval") == "A1  at_home"
    say("opening take-back montreval A1")
    assert say("opening list montreval") == ""


def test_a_business_and_a_project_are_opened_and_reopened(say: Say, folder: CityFolder) -> None:
    shop = say("occasion business montreval Odile --trade restaurant --address", "3 quai")
    city = yaml.safe_load(folder.city_file.read_text(encoding="utf-8"))
    project = {"project_id": "fete", "title": "Fête", "themes": ["nature"], "on": "2026-12-05"}
    city["projects"] = [project]
    folder.city_file.write_text(yaml.safe_dump(city), encoding="utf-8")
    fete = say("occasion project montreval fete")
    assert say("occasion project montreval fete") == fete
    say(f"occasion close montreval {fete}")
    assert say("occasion list montreval") == f"{shop}  business  -  Odile"
    say(f"occasion reopen montreval {fete}")
    assert fete in say("occasion list montreval")


def test_a_relay_is_asked_answered_and_listed(say: Say) -> None:
    say(f"member add montreval {LOU} --consent 2026-05")
    occasion_id = say("occasion open montreval Fête")
    relay_id = say(f"relay ask montreval {occasion_id} {LOU} https://saone.example/@lou/1")
    say(f"relay move montreval {relay_id} granted")
    say(f"relay move montreval {relay_id} relayed")
    listed = f"{relay_id}  {occasion_id}  relayed  {LOU}  https://saone.example/@lou/1"
    assert say("relay list montreval") == listed
    say(f"relay move montreval {relay_id} granted")
    say(f"relay move montreval {relay_id} asked")
    say(f"relay drop montreval {relay_id}")
    assert say("relay list montreval") == ""
