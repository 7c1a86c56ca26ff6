"""What the pages show: each page in each language, filters, evidence, openings, errors."""

from __future__ import annotations

import re
from datetime import timedelta

import httpx
import pytest

from cities.brief import Brief
from cities.folder import CityFolder
from tests.review.conftest import CLOSED
from tests.review.snapshots import AS_OF, OCCASION, name_of

CITY = "/{lang}/montreval"
PAGES = [
    "/{lang}/",
    "/{lang}/accessibilite",
    f"{CITY}/",
    f"{CITY}/habitants",
    f"{CITY}/habitants?theme=wine&platform=mastodon&band=A&member=no&text=e&sort=name",
    f"{CITY}/habitants/p03",
    f"{CITY}/habitants/p05",
    f"{CITY}/equipe",
    f"{CITY}/ouvertures",
    f"{CITY}/ouvertures?page=2",
    f"{CITY}/ouvertures/A20260001",
    f"{CITY}/ouvertures/A20260005",
    f"{CITY}/ouvertures?state=confirmed",
    f"{CITY}/ouvertures/A20260002",
    f"{CITY}/ouvertures/A20260003",
    f"{CITY}/occasions/project:fete",
    f"{CITY}/occasions/{OCCASION}",
    f"{CITY}/relay",
    f"{CITY}/preferences",
    f"{CITY}/preferences?theme=wine&other=3",
    f"{CITY}/sources",
    f"{CITY}/donnees",
    f"/{{lang}}/{CLOSED}/",
    f"/{{lang}}/{CLOSED}/ouvertures/A20260001",
    f"/{{lang}}/{CLOSED}/donnees",
]


def get(reader: httpx.Client, path: str, status: int = 200) -> str:
    """The page as text, its entities read; fails on another status."""
    answer = reader.get(path)
    assert answer.status_code == status, path
    return answer.text.replace("&#39;", "'")


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_each_page_has_language_title_switch_and_no_script(
    reader: httpx.Client, path: str, lang: str
) -> None:
    page = get(reader, path.format(lang=lang))
    assert f'<html lang="{lang}">' in page
    heading = re.search(r"<h1>(.+?)</h1>", page, re.DOTALL)
    assert heading
    assert f"<title>{heading[1]}" in page.replace("\n", "")
    other = {"fr": "en", "en": "fr"}[lang]
    assert path.format(lang=other).replace("&", "&amp;") in page
    assert "<script" not in page
    assert "style=" not in page
    assert "None" not in page


@pytest.mark.parametrize("path", PAGES)
def test_links_to_elsewhere_say_nothing_of_here(reader: httpx.Client, path: str) -> None:
    page = get(reader, path.format(lang="fr"))
    for link in re.findall(r"<a [^>]*href=\"https?:[^>]*>", page):
        assert 'rel="noopener noreferrer"' in link
    for source in re.findall(r"(?:src|href)=\"(https?:[^\"]+)\"", page):
        assert source.split("/")[2] in ("saone.example", "www.bodacc.fr", "montreval.example")


def test_authors_are_counted_as_accounts(reader: httpx.Client) -> None:
    assert "Auteurs (comptes)" in get(reader, "/fr/montreval/")
    assert "Authors (accounts)" in get(reader, "/en/montreval/")


def test_the_root_leads_to_french_first(reader: httpx.Client) -> None:
    answer = reader.get("/")
    assert (answer.status_code, answer.headers["location"]) == (307, "/fr/")


def test_a_list_is_in_pages_of_25_in_the_order_of_the_ranking(reader: httpx.Client) -> None:
    first = get(reader, "/fr/montreval/habitants")
    assert [n for n in range(1, 61) if f"/habitants/p{n:02d}" in first] == list(range(1, 26))
    last = get(reader, "/fr/montreval/habitants?page=3")
    assert [n for n in range(1, 61) if f"/habitants/p{n:02d}" in last] == list(range(51, 61))
    assert "Habitants 51 à 60 sur 60" in last


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("theme=wine", "p02", "p01"),
        ("band=B", "p13", "p12"),
        ("member=yes", "p09", "p08"),
        ("member=no", "p08", "p09"),
        ("platform=bluesky", "p03", "p02"),
        ("text=elodie", "p10", "p11"),
        ("text=OEUVRARD", "p03", "p02"),
        ("text=p07", "p07", "p08"),
    ],
)
def test_a_list_is_narrowed(reader: httpx.Client, query: str, shown: str, hidden: str) -> None:
    page = get(reader, f"/fr/montreval/habitants?{query}")
    assert f"/habitants/{shown}" in page
    assert f"/habitants/{hidden}" not in page


def test_a_list_is_sorted_by_name(reader: httpx.Client) -> None:
    page = get(reader, "/fr/montreval/habitants?sort=name")
    names = re.findall(r'class="name"[^>]*>([^<]+)<', page)
    assert names[0].startswith("Agathe")
    assert names != [name_of(f"p{n:02d}") for n in range(1, 26)]


def test_evidence_is_shown_with_its_sum_and_the_posts_behind(reader: httpx.Client) -> None:
    page = get(reader, "/fr/montreval/habitants/p03")
    assert "+2,10" in page
    assert "\N{MINUS SIGN}0,60" in page
    assert "+1,90" in page
    assert "quai des Tanneurs" in page
    assert 'href="https://saone.example/@p03/1" rel="noopener noreferrer"' in page
    assert "&lt;b&gt;" in page
    assert "entre 120 et 900" in page


def test_automated_is_shown_to_no_one(reader: httpx.Client) -> None:
    for lang, words in (("fr", "Pas assez d’éléments."), ("en", "Not enough to say.")):
        page = get(reader, f"/{lang}/montreval/habitants/p05")
        assert words in page
        assert not re.search("automat|robot", page.lower())


def test_the_team_says_why_and_which_constraint_gave_way(reader: httpx.Client) -> None:
    page = get(reader, "/fr/montreval/equipe")
    assert page.count('<li class="card">') == 12
    assert "Abandonnée" in page
    assert "{" not in page


def test_an_opening_has_activity_guests_reasons_and_a_letter_with_the_notice(
    reader: httpx.Client,
) -> None:
    page = get(reader, "/fr/montreval/ouvertures/A20260001")
    assert "Une table de dégustation" in page
    assert page.count('<li class="card">') == 6
    assert "+0,44" in page
    assert "Aucune publication n'est attendue" in page
    assert "dpo@montreval.example" in page


@pytest.mark.parametrize("path", ["ouvertures/A20260001", "occasions/project:fete"])
def test_beside_the_letter_stands_to_whom_it_may_go(reader: httpx.Client, path: str) -> None:
    page = get(reader, f"/fr/montreval/{path}")
    assert "article L. 34-5" in page
    assert "passez par l’appel public" in page
    assert "Portevoix n’envoie rien" in page
    assert "article L. 34-5" in get(reader, f"/en/montreval/{path}")


def test_an_opening_without_a_trade_says_so(reader: httpx.Client) -> None:
    page = get(reader, "/fr/montreval/ouvertures/A20260005")
    assert "Aucun métier qui reçoit du public" in page


def test_what_is_missing_tonight_stands_first(reader: httpx.Client) -> None:
    assert "a refusé la demande" in get(reader, "/fr/montreval/")
    sources = get(reader, "/fr/montreval/sources")
    headings = re.findall(r'<h2 id="s\d">([\w-]+)', sources)
    assert headings == ["mastodon-halle", "bodacc", "mastodon-saone"]


def test_times_are_those_of_the_city(reader: httpx.Client) -> None:
    assert "17 novembre 2026, 02:30" in get(reader, "/fr/montreval/sources")
    assert "17 November 2026, 02:30" in get(reader, "/en/montreval/sources")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/fr/nulle-part/", 404),
        ("/de/montreval/", 404),
        ("/fr/..%2fmontreval/", 404),
        ("/fr/montreval/nope", 404),
        ("/fr/montreval/habitants/inconnu", 404),
        ("/fr/montreval/ouvertures/inconnue", 404),
        ("/fr/montreval/occasions/inconnue", 404),
        ("/fr/montreval/habitants?page=99", 404),
        ("/fr/montreval/habitants?page=0", 400),
        ("/fr/montreval/habitants?theme=religion", 400),
        ("/fr/montreval/habitants?platform=tiktok", 400),
        ("/fr/montreval/habitants?sort=score;drop", 400),
        ("/fr/montreval/habitants?band=Z", 400),
        ("/fr/montreval/habitants?order=rank", 400),
        ("/fr/montreval/ouvertures?sort=name", 400),
        (f"/fr/{CLOSED}/habitants", 403),
        (f"/fr/{CLOSED}/habitants/p01", 403),
        (f"/fr/{CLOSED}/equipe", 403),
        (f"/fr/{CLOSED}/relay", 403),
        (f"/fr/{CLOSED}/occasions/project:fete", 403),
    ],
)
def test_what_does_not_exist_gets_a_human_page(
    reader: httpx.Client, path: str, status: int
) -> None:
    page = get(reader, path, status)
    assert '<html lang="fr">' in page
    assert "Première page" in page
    assert '<html lang="en">' in get(reader, path.replace("/fr/", "/en/", 1), status) or (
        path.startswith("/de/")
    )


def test_the_notice_says_how_long_each_thing_stays(reader: httpx.Client) -> None:
    for lang, words in (
        ("fr", ("des sept derniers jours", "au bout de 7 jours", "avec la nuit suivante")),
        ("en", ("of the last seven days", "after 7 days", "with the next night")),
    ):
        page = get(reader, f"/{lang}/montreval/donnees")
        assert [word for word in words if word not in page] == []


def test_the_days_are_those_that_people_set(client: httpx.Client, town: CityFolder) -> None:
    for as_of, days in ((AS_OF - timedelta(days=1), 90), (AS_OF, 200)):
        brief = Brief(
            city_id="montreval", as_of=as_of, settings={"retention": {"posts_days": days}}
        )
        town.brief_file(as_of).write_text(brief.model_dump_json(), encoding="utf-8")
    assert "200 jours au plus" in get(client, "/fr/montreval/donnees")
    assert "200 jours" in get(client, "/fr/montreval/ouvertures/A20260001")


def test_nothing_can_be_changed(reader: httpx.Client) -> None:
    assert reader.post("/fr/montreval/equipe").status_code == 405


def test_a_closed_city_says_what_opens_it_and_names_no_one(reader: httpx.Client) -> None:
    page = get(reader, f"/fr/{CLOSED}/")
    assert "Ce qui ouvre le classement" in page
    assert page.count("À faire") == 5
    assert f"/fr/{CLOSED}/habitants" not in page
    opening = get(reader, f"/fr/{CLOSED}/ouvertures/A20260001")
    assert "Qui inviter sera montré une fois le classement ouvert" in opening
