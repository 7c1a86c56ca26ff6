"""An objection does not wait in others' words either: no post shown names who objected."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from cities.accounts import account_of
from cities.blocking import block_hash
from cities.folder import CityFolder
from cities.settings import Settings
from review.masking import Masking
from review.snapshot import Snapshot
from tests.review.conftest import block_account, object_for
from tests.review.snapshots import AS_OF, KEY, night

TEXTS = (
    "Merci @p01@saone.example pour le marché",
    "Merci @P01 pour le marché",
    "Vu chez p01@saone.example.",
    "Vu sur https://saone.example/@p01/12",
    "Vu sur saone.example/users/p01",
)
RESIDENT = "/fr/montreval/habitants/p02"


def rewritten(town: CityFolder, table: str, column: int, value: Any) -> None:
    """Publish the night again with one field of p02's rows changed."""
    made = night()
    for place, row in enumerate(made.tables[table]):
        if row[0] == "p02":
            fields = list(row)
            fields[column] = value
            made.tables[table][place] = tuple(fields)
    made.write(town.snapshot_file(AS_OF))


def shown(client: httpx.Client) -> str:
    """The page of p02, who did not object."""
    answer = client.get(RESIDENT)
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize("text", TEXTS)
def test_who_objects_is_named_in_no_post_at_once(
    client: httpx.Client, settings: Settings, town: CityFolder, text: str
) -> None:
    rewritten(town, "posts", 5, text)
    assert text in shown(client)
    object_for(settings, "p01")
    page = shown(client)
    assert "p01" not in page.lower()
    assert "@…" in page
    # The original post names them still: no link leads there.
    assert "Voir la publication d’origine" not in page


def test_who_objects_is_named_in_no_presentation_and_no_evidence(
    client: httpx.Client, settings: Settings, town: CityFolder
) -> None:
    rewritten(town, "residents", 3, "Avec @p01 à la scène")
    object_for(settings, "p01")
    assert "Avec @… à la scène" in shown(client)
    detail = [{"name": "declared", "contribution": 1.0, "detail": "chez @p01@saone.example"}]
    rewritten(town, "scores", 11, detail)
    assert "chez @…" in shown(client)


@pytest.mark.parametrize("account", ["lou@saone.example", "lou@halle.example"])
def test_who_is_no_resident_is_known_by_the_hash_alone(
    client: httpx.Client, settings: Settings, town: CityFolder, account: str
) -> None:
    # A server shows a mention without its domain: those of the city's instances are tried.
    rewritten(town, "posts", 5, "Avec @lou et @louise")
    block_account(settings, account)
    page = shown(client)
    assert "Avec @… et @louise" in page


def test_others_keep_their_names_and_links(
    client: httpx.Client, settings: Settings, town: CityFolder
) -> None:
    rewritten(town, "posts", 5, "Avec @p04 et @p01@ailleurs.example")
    object_for(settings, "p01")
    page = shown(client)
    assert "Avec @p04 et @p01@ailleurs.example" in page
    assert "Voir la publication d’origine" in page


@pytest.mark.parametrize(
    ("written", "platform", "text", "shown_text"),
    [
        ("x:marie", "x", "Marie, avec @marie", "Marie, avec @…"),
        ("x:marie", "mastodon", "Marie, @marie, x.com/marie", "Marie, @marie, @…"),
        ("instagram:marie", "instagram", "Marie, avec @marie", "Marie, avec @…"),
        ("instagram:marie", "x", "@marie, instagram.com/marie", "@marie, @…"),
        ("blog:carnet.example", "x", "Le carnet : www.carnet.example/a", "Le carnet : @…"),
        ("mastodon:marie@saone.example", "x", "@marie, @marie@saone.example", "@marie, @…"),
    ],
)
def test_who_objects_is_masked_on_their_platform_and_by_address_on_all(
    town: CityFolder, written: str, platform: str, text: str, shown_text: str
) -> None:
    account = account_of(written)
    assert account is not None
    mark = block_hash(KEY, account.platform, account.author_id)
    snapshot = Snapshot(town.snapshot_file(AS_OF))
    masking = Masking(snapshot, town.city(), blocked=[mark], key=KEY)
    (row,) = masking.rows([{"platform": platform, "text": text, "url": "https://a.example"}])
    assert row == {"platform": platform, "text": shown_text, "url": None}
