"""Pages call themes what the night's city calls them."""

from __future__ import annotations

import duckdb
import httpx
import pytest

from cities.brief import blank_brief
from cities.folder import CityFolder
from cities.settings import Settings
from review.languages import messages_of
from review.snapshot import Snapshot
from review.theme_words import known_labels, labels_of
from tests.cities.test_themes import BOATING, LISTED
from tests.constants import NIGHT_1
from tests.review.snapshots import AS_OF
from warehouse.connection import open_warehouse
from warehouse.publish import publish


def change(folder: CityFolder, statement: str) -> None:
    """Change the night that is shown."""
    path = folder.snapshot_file(AS_OF)
    with duckdb.connect(path) as connection:
        connection.execute(statement)


@pytest.mark.parametrize(("lang", "label"), [("fr", "Navigation"), ("en", "Boating")])
def test_an_own_theme_shows_by_its_label_everywhere(
    client: httpx.Client, town: CityFolder, lang: str, label: str
) -> None:
    change(
        town,
        "insert into themes values (15, 'boating', 'Navigation', 'Boating');"
        "update rankings set theme = 'boating' where theme = 'wine';"
        "update residents set top_themes = ['boating'];"
        "update scores set theme = 'boating' where theme = 'wine';"
        "update volumes set theme = 'boating' where theme = 'wine';"
        "update team set themes = ['boating'],"
        " reasons = [struct_pack(code := 'theme', amount := 0.8, detail := 'boating')];"
        "update openings set themes = ['boating']",
    )
    for page in ("", "habitants", "habitants?theme=boating", "habitants/p03", "equipe"):
        answer = client.get(f"/{lang}/montreval/{page}")
        assert answer.status_code == 200, page
        assert label in answer.text, page
    assert label.lower() in client.get(f"/{lang}/montreval/equipe").text


def test_a_night_of_before_shows_the_known_themes(client: httpx.Client, town: CityFolder) -> None:
    change(town, "drop table themes")
    page = client.get("/fr/montreval/habitants").text
    assert "Gastronomie" in page
    assert "Bien-être" in page


def test_what_is_published_is_what_the_city_file_says(
    folder: CityFolder, settings: Settings
) -> None:
    folder.city_file.write_text(LISTED + BOATING, encoding="utf-8")
    brief = blank_brief("montreval", NIGHT_1).model_dump_json()
    folder.brief_file(NIGHT_1).write_text(brief, encoding="utf-8")
    with open_warehouse(folder):
        pass
    snapshot = Snapshot(publish(folder, NIGHT_1, settings=settings))
    assert [row["theme"] for row in snapshot.rows("themes")] == list(folder.city().themes)
    assert labels_of(snapshot, "en") == known_labels("en") | {"boating": "Boating"}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_theme_stands_in_the_messages(language: str) -> None:
    messages = {str(message.id) for message in messages_of(language)}
    assert not messages & set(known_labels("en").values())
