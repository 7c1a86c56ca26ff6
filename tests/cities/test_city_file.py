"""A city file is checked whole: every mistake at once, with line, field and mend."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from cities.brief import Brief, blank_brief, read_brief
from cities.effective import effective_city
from cities.errors import CityFileError, PortevoixError, UnknownCityError
from cities.folder import CityFolder, Home
from cities.founding import found_city
from cities.model import RankingRules
from cities.reading import read_city
from cities.schedule import schedule_mistake
from cities.themes import ALL_THEMES
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
    assert {source.source_id for source in city.sources} >= {
        "mastodon-saone",
        "mastodon-halle",
        "bodacc",
    }
    assert city.themes == ALL_THEMES


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


DEEP = 200_000


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("city_id: a\n? [a, b]\n: c\n", 2),
        ("city_id: a\ncommune: !!python/object:os.system {}\n", 2),
        ("city_id: a\ncommune: !!str a\n", 2),
        ("city_id: a\nsources: &x [*x]\n", 2),
        ("city_id: &x a\nnames: b\n", 1),
        ("city_id: a\nnames: *x\n", 2),
        ("city_id: a\n\nsources: " + "[" * DEEP, 3),
        ("city_id: a\nsources: " + "{a: " * DEEP, 2),
        ("city_id: a\n" + "- " * DEEP, 2),
        ("city_id: a\nsources:\n" + "".join(f"{' ' * n}a:\n" for n in range(1, 99)), 13),
        ("city_id: a\nnames: " + "x" * 1_000_000, 1),
        ('city_id: a\ntimezone: "\\U00110000"\n', 2),
        ("city_id: a\ntimezone: \x07\n", 2),
        ("city_id: a\n<<: {commune: 3}\n", 2),
        ("city_id: a\nmastodon: b\n", 2),
        ("city_id: a\n---\ncity_id: b\n", 2),
        ("city_id: a\nteam: {size: 0b_}\n", 2),
        ("city_id: a\nteam: {size: " + "9" * 9_000 + "}\n", 2),
        ("city_id: a\nranking: {reach: .inf}\n", 2),
        ('"\\uD800": a\n', 1),
        ("? \n: a\n", 1),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_is_not_plain_is_told_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    path = tmp_path / "city.yaml"
    assert line in [found for found, _ in mistakes(path, text)]
    with pytest.raises(CityFileError) as caught:
        read_city(path)
    str(caught.value).encode()


@pytest.mark.parametrize("zone", ["2026-13-45", "2026-01-02", "12:30", "~", "[a, b]", "Europe/Pa"])
def test_a_time_zone_that_is_none(tmp_path: Path, zone: str) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("timezone")]
    found = mistakes(tmp_path / "city.yaml", "\n".join([*lines, f"timezone: {zone}"]))
    assert found == [(len(lines) + 1, "timezone")]


@pytest.mark.parametrize(
    "schedule",
    [
        *("61 25 * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *", "* * * * 8"),
        *("*/0 * * * *", "5-2 * * * *", "a b c d e", "0 0 31 2 *", "0 0 31 4,6 *", ", * * * *"),
        *("-1 * * * *", "0 0 * * mon-xyz", "1/ * * * *", "² * * * *", "30 2 * *", "@daily"),
    ],
)
def test_a_schedule_that_never_comes_is_refused(tmp_path: Path, schedule: str) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("schedule")]
    found = mistakes(tmp_path / "city.yaml", "\n".join([*lines, f'schedule: "{schedule}"']))
    assert found == [(len(lines) + 1, "schedule")]


@pytest.mark.parametrize(
    "schedule",
    ["30 2 * * *", "*/15 0-23/2 1,15 JAN-mar mon-fri", "0 0 31 2 1", "0 0 29 2 *", "5/10 * * * 7"],
)
def test_a_schedule_that_comes_is_one_for_airflow_too(schedule: str) -> None:
    croniter = pytest.importorskip("croniter").croniter
    assert schedule_mistake(schedule) is None
    assert croniter.is_valid(schedule)
    assert croniter(schedule).get_next()


def test_rules_between_fields_are_told_beside_all_other_mistakes(tmp_path: Path) -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").split("privacy:")[0].splitlines()
    use = next(i for i, line in enumerate(lines) if "use: rank" in line)
    second = next(i for i, line in enumerate(lines) if "source_id: mastodon-halle" in line)
    lines[second] = lines[second].replace("halle", "saone")
    size = next(i for i, line in enumerate(lines) if "size: 12" in line)
    lines[size] = "  size: 0"
    found = mistakes(tmp_path / "city.yaml", "\n".join([*lines, "themes: [wine]", "themes: [x]"]))
    assert (use + 1, "sources.0.use") in found
    assert (second + 1, "sources.1.source_id") in found
    assert (size + 1, "team.size") in found
    assert (len(lines) + 2, "themes") in found
    assert (len(lines) + 2, "themes.0") in found
    assert len(found) == len(set(found))


@given(st.text(alphabet="abc:-[]{}&*!|>?'\"#%@`,\n \t0\\~", max_size=60))
def test_no_text_ends_in_a_traceback(text: str) -> None:
    with TemporaryDirectory() as directory:
        assert mistakes(Path(directory) / "city.yaml", text)


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


def test_init_starts_with_instances_that_allow_it_and_says_to_read_their_terms(home: Home) -> None:
    folder = found_city(home, "93066")
    instances = {getattr(source, "instance", None) for source in folder.city().sources}
    assert "piaille.fr" in instances
    assert "mastodon.social" not in instances
    assert {getattr(source, "use", "listen") for source in folder.city().sources} == {"listen"}
    assert "Read the terms" in folder.city_file.read_text(encoding="utf-8")


def test_two_communes_of_one_name_have_two_folders(home: Home) -> None:
    assert found_city(home, "93066").city_id == "saint-denis"
    other = found_city(home, "97411")
    assert other.city_id == other.city().city_id == "saint-denis-97411"
    for insee in ("93066", "97411"):
        with pytest.raises(PortevoixError, match="there already"):
            found_city(home, insee)


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
