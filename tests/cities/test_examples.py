"""The city files that people begin from are whole, true and careful."""

from __future__ import annotations

from pathlib import Path

import pytest

from cities.communes import find_commune
from cities.names import fold
from cities.reading import read_city
from cities.sources import off_reason, use_of
from cities.themes import ALL_THEMES
from tests.constants import ROOT

EXAMPLES = sorted((ROOT / "cities" / "examples").glob("*.yaml"))
AIX = read_city(ROOT / "cities" / "examples" / "aix-en-provence.yaml")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_each_example_reads_under_its_own_name_with_every_theme(path: Path) -> None:
    city = read_city(path)
    assert city.city_id == path.stem
    assert city.themes[: len(ALL_THEMES)] == ALL_THEMES
    assert list(city.theme_labels) == list(city.themes)


def test_aix_is_the_commune_of_the_official_list() -> None:
    assert AIX.commune == find_commune("13001")


def test_aix_listens_and_ranks_nobody() -> None:
    assert AIX.privacy is None
    assert {use_of(source) for source in AIX.sources} == {"listen", None}
    assert [source.source_id for source in AIX.sources if off_reason(source)] == ["x"]


def test_aix_says_what_comes_before_more() -> None:
    text = (ROOT / "cities" / "examples" / "aix-en-provence.yaml").read_text(encoding="utf-8")
    for needed in ("terms", "agreement", "council", "impact assessment", "# privacy:"):
        assert needed in text


def test_aix_is_no_namesake_and_each_name_is_said_once() -> None:
    names = AIX.names
    for group in (names.hashtags, names.places, names.namesakes, names.neighbours):
        assert len({fold(name) for name in group}) == len(group)
    assert "aix" not in names.hashtags
    assert {"Aix-les-Bains", "Aix-la-Chapelle", "Aix-Noulette", "Aixe-sur-Vienne"} <= set(
        names.namesakes
    )
    assert not set(names.namesakes) & {AIX.commune.name, *names.neighbours}
