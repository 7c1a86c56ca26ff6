"""The watched folder: each file once, whatever happens in between; who may be in it."""

from __future__ import annotations

import gzip
import multiprocessing
import shutil
import time
from datetime import timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cities.blocking import block_hash
from cities.folder import CityFolder, Home
from cities.settings import Settings
from collectors.check import check
from tests.collectors.imports import MAP, SOURCE, csv_of, ndjson_of, read, row, watched
from tests.collectors.nights import landed, write_briefs
from tests.demo.small_world import NIGHT_1, NIGHT_2

NDJSON_MAP = MAP.replace("csv", "ndjson")
PARQUET_MAP = MAP.replace("csv", "parquet")
NIGHT_9 = NIGHT_1 + timedelta(days=9)


@pytest.fixture
def place(folder: CityFolder) -> Path:
    """The watched folder, with a map for all files of it."""
    place = watched(folder)
    (place / "map.yaml").write_text(MAP, encoding="utf-8")
    return place


def lay(place: Path, name: str, *numbers: int) -> Path:
    """A CSV file of posts of these numbers."""
    path = place / name
    path.write_text(csv_of([row(number) for number in numbers]), encoding="utf-8")
    return path


def test_rejects_are_told_with_line_and_cause(
    folder: CityFolder, settings: Settings, place: Path
) -> None:
    rows = [
        row(0),
        row(1, at="yesterday"),
        row(2, text="two\nlines"),
        row(3, uri=""),
        row(4, at=int(NIGHT_2.timestamp())),
        row(5, at=1_500_000_000),
        row(6, who="ana"),
    ]
    (place / "a.csv").write_text(csv_of(rows) + "x,y\n", encoding="utf-8")
    outcome = read(folder, settings)
    told = [(odd.position, odd.cause) for odd in outcome.odd]
    assert outcome.counts.posts == 2
    assert sorted(told) == [
        ("a.csv, line 10", "has 2 cells, the header has 4"),
        ("a.csv, line 3", "published_at: cannot be read as epoch"),
        ("a.csv, line 6", "post_id: is empty"),
        ("a.csv, line 7", "published_at: is later than this night"),
        ("a.csv, line 8", "published_at: is older than the city keeps (retention.posts_days)"),
        ("a.csv, line 9", "author_id: is not user@instance"),
    ]


def test_a_file_is_read_once_and_a_changed_one_again(
    folder: CityFolder, settings: Settings, place: Path
) -> None:
    path = lay(place, "a.csv", 0, 1)
    assert read(folder, settings).counts.posts == 2
    assert read(folder, settings, NIGHT_2).counts.posts == 0
    lay(place, "a.csv", 0, 1, 2)
    night_3, night_4 = NIGHT_2 + timedelta(days=1), NIGHT_2 + timedelta(days=2)
    write_briefs(folder, night_3, night_4)
    assert read(folder, settings, night_3).counts.posts == 3
    path.with_name("a.map.yaml").write_text(MAP.replace("text: text", "text: who"))
    assert read(folder, settings, night_4).counts.posts == 3


def test_half_copied_and_foreign_files_wait(
    folder: CityFolder, settings: Settings, place: Path
) -> None:
    lay(place, "a.csv.part", 0)
    lay(place, ".b.csv", 1)
    (place / "README.txt").write_text("notes", encoding="utf-8")
    assert read(folder, settings).counts.posts == 0
    (place / "a.csv.part").rename(place / "a.csv")
    assert read(folder, settings, NIGHT_2).counts.posts == 1


def grow(path: Path, seconds: float) -> None:
    """Write to a file for a while."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with path.open("a", encoding="utf-8") as out:
            out.write(csv_of([row(9)]).split("\n", 1)[1])
        time.sleep(0.02)


def test_a_file_that_still_grows_waits_for_the_next_night(
    folder: CityFolder, settings: Settings, place: Path
) -> None:
    path = lay(place, "a.csv", 0)
    lay(place, "b.csv", 1)
    writer = multiprocessing.get_context("fork").Process(target=grow, args=(path, 5))
    writer.start()
    assert read(folder, settings).counts.posts == 1
    writer.kill()
    writer.join()
    assert read(folder, settings, NIGHT_2).counts.posts > 0


def test_a_file_that_cannot_be_read_stops_no_other_and_is_told(
    folder: CityFolder, settings: Settings, place: Path
) -> None:
    (place / "a.csv").write_text("id,name\n1,2\n", encoding="utf-8")
    lay(place, "b.csv", 1)
    outcome = read(folder, settings)
    assert (outcome.state, outcome.counts.posts) == ("failed", 1)
    assert outcome.sentence.startswith("files: a.csv: has no column uri (post_id), at (")
    assert not check(folder, SOURCE, settings=settings, as_of=NIGHT_1).is_working
    (place / "a.csv").unlink()
    assert read(folder, settings).state == "done"
    found = check(folder, SOURCE, settings=settings, as_of=NIGHT_1)
    assert (found.is_working, found.count_sample) == (True, 2)


def test_a_file_without_map_says_where_to_put_one(folder: CityFolder, settings: Settings) -> None:
    lay(watched(folder), "a.csv", 0)
    assert read(folder, settings).sentence == (
        "files: a.csv has no map; put a.map.yaml or map.yaml beside it"
    )


def test_originals_leave_when_landing_files_leave(
    folder: CityFolder, settings: Settings, place: Path
) -> None:
    path = lay(place, "a.csv", 0)
    shutil.copy(place / "map.yaml", place / "a.map.yaml")
    read(folder, settings)
    read(folder, settings, NIGHT_2)
    assert path.exists()
    write_briefs(folder, NIGHT_9)
    read(folder, settings, NIGHT_9)
    assert sorted(file.name for file in place.iterdir()) == ["map.yaml"]


def kill_after(root: Path, settings: Settings, count_files: int) -> None:
    """A night killed once so many landing files are durable."""
    folder = Home(root).folder("montreval")
    child = multiprocessing.get_context("fork").Process(target=read, args=(folder, settings))
    child.start()
    while child.is_alive() and len(list(folder.landing(SOURCE).glob("[!.]*.gz"))) < count_files:
        time.sleep(0.002)
    child.kill()
    child.join()


@pytest.mark.parametrize("form", ["csv", "ndjson", "parquet"])
def test_killed_at_any_page_it_goes_on_without_loss(
    folder: CityFolder, settings: Settings, tmp_path: Path, form: str
) -> None:
    place = watched(folder)
    rows = [row(n, text="" if n % 500 == 7 else f"Vu {n}") for n in range(4500)]
    (place / "map.yaml").write_text(MAP.replace("csv", form), encoding="utf-8")
    write(place / f"a.{form}", rows)
    whole = shutil.copytree(folder.root.parent, tmp_path / "whole")
    expected = read(Home(whole).folder("montreval"), settings_in(settings, whole))
    for count_files in range(5):
        root = shutil.copytree(folder.root.parent, tmp_path / f"killed-{count_files}")
        kill_after(root, settings_in(settings, root), count_files)
        outcome = read(Home(root).folder("montreval"), settings_in(settings, root))
        assert (outcome.counts, outcome.odd) == (expected.counts, expected.odd)
        rows_there = landed(Home(root).folder("montreval"), SOURCE)
        assert rows_there == landed(Home(whole).folder("montreval"), SOURCE)


def settings_in(settings: Settings, root: Path) -> Settings:
    """The settings of a copied home."""
    return settings.model_copy(update={"data": root})


def write(path: Path, rows: list[dict[str, object]]) -> None:
    """The rows in the format that the name tells."""
    if path.suffix == ".parquet":
        pq.write_table(pa.Table.from_pylist(rows), path)
    else:
        text = csv_of(rows) if path.suffix == ".csv" else ndjson_of(rows)
        path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("platform", ["x", "instagram", "facebook", "youtube"])
def test_a_guarded_platform_is_ranked_only_under_an_agreement(
    folder: CityFolder, settings: Settings, platform: str
) -> None:
    place = watched(folder, agreement=None)
    text = MAP.replace("platform: mastodon", f"platform: {platform}")
    (place / "map.yaml").write_text(text, encoding="utf-8")
    lay(place, "a.csv", 0)
    outcome = read(folder, settings)
    assert outcome.state == "failed"
    assert f"{platform} permits rank only under a written agreement" in outcome.sentence
    assert landed(folder, SOURCE) == []


def test_of_a_column_of_platforms_only_the_guarded_rows_are_rejected(
    folder: CityFolder, settings: Settings
) -> None:
    place = watched(folder, agreement=None)
    text = MAP.replace("platform: mastodon", "platform: {column: network}")
    (place / "map.yaml").write_text(text, encoding="utf-8")
    rows = [row(0, network="mastodon"), row(1, network="Twitter", uri="1"), row(2, network="icq")]
    (place / "a.csv").write_text(csv_of(rows), encoding="utf-8")
    outcome = read(folder, settings)
    assert (outcome.counts.posts, outcome.counts.odd) == (1, 2)
    assert "written agreement" in outcome.odd[0].cause


def test_a_listening_source_keeps_posts_and_no_author(
    folder: CityFolder, settings: Settings
) -> None:
    place = watched(folder, use="listen", agreement=None)
    (place / "map.yaml").write_text(MAP, encoding="utf-8")
    lay(place, "a.csv", 0, 1)
    counts = read(folder, settings).counts
    assert (counts.posts, counts.authors) == (2, 0)


def test_who_wants_out_or_objected_is_dropped_and_counted(
    folder: CityFolder, settings: Settings, place: Path
) -> None:
    blocked = block_hash(settings.block_key(), "mastodon", "zoe@saone.example")
    write_briefs(folder, blocked=[blocked])
    rows = [
        row(0, bio=""), row(1, "bob", bio="Photos #nobot"), row(2, "cleo", bio="15 ans, skate"),
        row(3, "zoe", bio=""), row(4, bio="", text="Avec @zoe"),
    ]  # fmt: skip
    (place / "a.csv").write_text(csv_of(rows), encoding="utf-8")
    counts = read(folder, settings).counts
    assert (counts.posts, counts.opted_out) == (2, 2)
    assert counts.blocked > 0
    files = [gzip.decompress(path.read_bytes()) for path in folder.landing(SOURCE).glob("*.gz")]
    assert not any(name in content for content in files for name in (b"bob", b"cleo", b"zoe"))
