"""Erasure reaches the imported originals, read or not yet read."""

from __future__ import annotations

import gzip
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cities.brief import Account
from cities.folder import CityFolder
from cities.settings import Settings
from collectors.landing import forget, holds
from collectors.sources.imports import maps
from tests.collectors.imports import MAP, csv_of, ndjson_of, read, row, watched
from tests.collectors.nights import landed

MAPS = Path(maps.__file__).with_name("maps")
ROWS = [
    row(0, "zoé", text="à moi"),
    row(1, "ana", text="de\n\ndeux lignes"),
    row(2, "bob", text="avec @zoé !"),
    row(3, "annabelle", text="sans @zoéline"),
]
ZOE = Account(platform="mastodon", author_id="zoé@saone.example")
FORMS = ("csv", "csv.gz", "ndjson", "ndjson.gz", "parquet")


def lay(place: Path, form: str, encoding: str = "utf-8") -> Path:
    """The rows in a file of that form, with its map."""
    kind = form.partition(".")[0]
    text = MAP.replace("csv", kind) + f"encoding: {encoding}\n"
    (place / "a.map.yaml").write_text(text, encoding="utf-8")
    path = place / f"a.{form}"
    if kind == "parquet":
        pq.write_table(pa.Table.from_pylist(ROWS), path)
        return path
    content = (csv_of(ROWS) if kind == "csv" else ndjson_of(ROWS)).encode(encoding)
    path.write_bytes(gzip.compress(content) if form.endswith(".gz") else content)
    return path


@pytest.mark.parametrize("form", FORMS)
def test_rows_that_hold_a_person_leave_and_the_others_stay(
    folder: CityFolder, settings: Settings, form: str
) -> None:
    path = lay(watched(folder), form)
    assert holds(folder, ZOE) == [path]
    assert forget(folder, ZOE) == 1
    assert holds(folder, ZOE) == []
    assert path.stat().st_mode & 0o077 == 0
    outcome = read(folder, settings)
    assert outcome.odd == ()
    assert sorted(post["text"] for post in landed(folder, "files", "post")) == [
        ROWS[1]["text"],
        ROWS[3]["text"],
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252", "latin-1"])
def test_in_any_encoding(folder: CityFolder, settings: Settings, encoding: str) -> None:
    path = lay(watched(folder), "csv", encoding)
    assert holds(folder, ZOE) == [path]
    forget(folder, ZOE)
    assert holds(folder, ZOE) == []
    assert read(folder, settings).counts.posts == 2


def test_a_read_file_reads_again_without_the_person_and_adds_nothing_else(
    folder: CityFolder, settings: Settings
) -> None:
    lay(watched(folder), "csv")
    read(folder, settings)
    forget(folder, ZOE)
    assert {row["author_id"] for row in landed(folder, "files", "post")} == {
        f"{name}@saone.example" for name in ("ana", "annabelle", "bob")
    }


def test_a_file_that_no_map_reads_is_deleted_when_it_holds_the_person(folder: CityFolder) -> None:
    place = watched(folder)
    path, other = place / "a.csv", place / "b.csv"
    path.write_text("x,y\n1,@zoé\n", encoding="utf-8")
    other.write_text("x,y\n1,@bob\n", encoding="utf-8")
    forget(folder, ZOE)
    assert (path.exists(), other.exists()) == (False, True)


def test_folders_of_sources_that_left_are_searched_too(folder: CityFolder) -> None:
    watched(folder)
    old = folder.root / "old-imports"
    old.mkdir()
    path = lay(old, "ndjson")
    assert holds(folder, ZOE) == [path]


def test_half_copied_files_of_a_killed_import_are_removed(folder: CityFolder) -> None:
    draft = watched(folder) / ".a.csv.draft"
    draft.write_text("@zoé", encoding="utf-8")
    holds(folder, ZOE)
    assert not draft.exists()


TWARC = {
    "data": [{"id": "1", "text": "Marie est là", "author_id": "9", "created_at": "2026-11-01"}],
    "includes": {"users": [{"id": "9", "username": "Marie", "name": "M."}]},
}


@pytest.mark.parametrize(
    ("platform", "author_id", "is_theirs"),
    [("x", "marie", True), ("x", "marie2", False), ("instagram", "marie", False)],
)
def test_a_user_name_is_compared_whole_in_the_columns_of_accounts(
    folder: CityFolder, platform: str, author_id: str, is_theirs: bool
) -> None:
    account = Account(platform=platform, author_id=author_id)
    place = watched(folder)
    table, page = place / "a.csv", place / "b.ndjson"
    (place / "a.map.yaml").write_text(MAP.replace("mastodon", "x"), encoding="utf-8")
    (place / "b.map.yaml").write_bytes((MAPS / "twarc.yaml").read_bytes())
    rows = [row(0, who="Marie"), row(1, who="ana", text="Marie, @mariette"), row(2, who="bob")]
    table.write_text(csv_of(rows), encoding="utf-8")
    page.write_text(ndjson_of([TWARC]), encoding="utf-8")
    assert holds(folder, account) == ([table, page] if is_theirs else [])
    assert forget(folder, account) == (2 if is_theirs else 0)
    left = table.read_text(encoding="utf-8")
    assert "Marie, @mariette" in left
    assert (",Marie," in left) is not is_theirs
    assert (page.read_text(encoding="utf-8") == "") is is_theirs
