"""A city file is checked whole: every mistake at once, with line, field and mend."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from cities.brief import Brief, blank_brief, read_brief
from cities.effective import effective_city
from cities.errors import CityFileError, PortevoixError, UnknownCityError
from cities.folder import CityFolder, Home
from cities.founding import found_city
from cities.model import RankingRules
from cities.reading import read_city
from tests.constants import NIGHT_1, ROOT

EXAMPLE = ROOT / "cities" / "examples" / "montreval.yaml"


def mistakes(path: Path, text: str) -> list[tuple[int, str]]:
    """Line and field of each mistake of this text."""
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CityFileError) as caught:
        read_city(path)
    return [(mistake.line, mistake.field) for mistake in caught.value.mistakes]


def test_the_demo_city_reads() -> None:
    city = read_city(EXAMPLE)
    assert city.city_id == "montreval"
    assert [source.source_id for source in city.sources] == [
        "mastodon-saone",
        "mastodon-halle",
        "bodacc",
    ]
    assert len(city.themes) == 8


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    insee = next(i for i, line in enumerate(lines) if "insee" in line)
    lines[insee] = "  insee: 7"
    use = next(i for i, line in enumerate(lines) if "use: rank" in line)
    lines[use] = "    use: spy"
    size = next(i for i, line in enumerate(lines) if "size: 12" in line)
    lines[size] = "  size: 0\n  sise: 3"
    found = mistakes(tmp_path / "city.yaml", "\n".join(lines))
    assert (insee + 1, "commune.insee") in found
    assert (use + 1, "sources.0.use") in found
    assert (size + 1, "team.size") in found
    assert (size + 2, "team.sise") in found


def test_ranking_without_its_gate_is_refused_with_a_sentence(tmp_path: Path) -> None:
    text = EXAMPLE.read_text(encoding="utf-8").split("privacy:")[0]
    path = tmp_path / "city.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CityFileError, match=r"fill privacy .* or write use: listen"):
        read_city(path)


@pytest.mark.parametrize(
    "text",
    ["", "- a\n- b\n", "city_id: [", "city_id: a\ncity_id: b\n", "\tcity_id: a\n", "city_id: 'a"],
)
def test_what_is_no_city_file_ends_in_one_sentence(tmp_path: Path, text: str) -> None:
    assert mistakes(tmp_path / "city.yaml", text)


def test_bytes_that_are_not_text(tmp_path: Path) -> None:
    path = tmp_path / "city.yaml"
    path.write_bytes(b"city_id: \xff\xfe")
    with pytest.raises(CityFileError, match="save it as UTF-8"):
        read_city(path)


def test_init_writes_a_city_that_listens(home: Home) -> None:
    folder = found_city(home, "Aix-en-Provence")
    city = folder.city()
    assert city.commune.insee == "13001"
    assert "Aix-les-Bains" in city.names.namesakes
    assert {source.platform for source in city.sources} == {"mastodon", "bodacc"}
    assert city.privacy is None
    assert oct(folder.root.stat().st_mode)[-3:] == "700"
    with pytest.raises(PortevoixError, match="there already"):
        found_city(home, "13001")


def test_init_asks_which_namesake(home: Home) -> None:
    with pytest.raises(UnknownCityError, match="several communes"):
        found_city(home, "Sainte-Colombe")
    with pytest.raises(UnknownCityError, match="no commune"):
        found_city(home, "Montréval")


def test_postcodes_with_a_leading_zero_survive(home: Home) -> None:
    folder = found_city(home, "Nice")
    assert all(code.startswith("06") for code in folder.city().commune.postcodes)
    assert yaml.safe_load(folder.city_file.read_text())["commune"]["departement"] == "06"


def test_the_brief_overrides_the_city_file() -> None:
    city = read_city(EXAMPLE)
    brief = Brief(city_id="montreval", as_of=NIGHT_1, settings={"ranking": {"reach": 0.9}})
    assert effective_city(city, brief).ranking.reach == 0.9
    assert city.ranking == RankingRules()
    wrong = Brief(city_id="montreval", as_of=NIGHT_1, settings={"ranking": {"reach": -1}})
    with pytest.raises(PortevoixError, match=r"settings\.ranking\.reach"):
        effective_city(city, wrong)
    other = Brief(city_id="montreval", as_of=NIGHT_1, settings={"privacy": {"x": 1}})
    with pytest.raises(PortevoixError, match="cannot be overridden"):
        effective_city(city, other)


def test_a_missing_or_broken_brief_ends_in_one_sentence(folder: CityFolder) -> None:
    with pytest.raises(PortevoixError, match="run the brief step first"):
        folder.brief(NIGHT_1)
    folder.brief_file(NIGHT_1).write_text(blank_brief("montreval", NIGHT_1).model_dump_json())
    assert read_brief(folder.brief_file(NIGHT_1)).blocked == ()
    folder.brief_file(NIGHT_1).write_text('{"city_id": 3')
    with pytest.raises(PortevoixError, match="remove the file"):
        folder.brief(NIGHT_1)
