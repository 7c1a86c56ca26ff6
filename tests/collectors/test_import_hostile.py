"""Files that harm: huge lines, NUL bytes, wrong encodings, bombs, cuts; memory stays flat."""

from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cities.folder import CityFolder
from cities.settings import Settings
from collectors.landing import Outcome
from tests.collectors.imports import MAP, csv_of, ndjson_of, read, row, watched
from tests.collectors.nights import landed
from tests.constants import ROOT

MIB = 2**20
MOST_MORE_MIB = 40
# One night of an import in a process of its own, which tells the most memory that it took (what
# getrusage tells of a child begins with its parent's).
NIGHT = """
import re, sys
from pathlib import Path
from cities.folder import Home
from cities.settings import Settings
from collectors.run import collect
from tests.demo.small_world import NIGHT_1
root = Path(sys.argv[1])
settings = Settings(data=root, hash_key="k" * 64)
outcome = collect(Home(root).folder("montreval"), "files", NIGHT_1, settings=settings)
peak = int(re.search("VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024
print(outcome.state, outcome.counts.posts, outcome.counts.odd, peak)
"""


def told(folder: CityFolder, settings: Settings, form: str, content: bytes, name: str) -> Outcome:
    """The outcome of one file of this content."""
    place = watched(folder)
    (place / "map.yaml").write_text(MAP.replace("csv", form), encoding="utf-8")
    (place / name).write_bytes(content)
    return read(folder, settings)


def night_of(folder: CityFolder) -> tuple[str, int, int, float]:
    """State, posts, rejects and peak memory (MiB) of a night in a child."""
    done = subprocess.run(
        [sys.executable, "-c", NIGHT, str(folder.root.parent)],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    state, posts, odd, peak = done.stdout.split()
    return state, int(posts), int(odd), float(peak)


@pytest.mark.parametrize("form", ["csv", "ndjson"])
def test_a_line_of_a_hundred_megabytes_is_one_reject(folder: CityFolder, form: str) -> None:
    place = watched(folder)
    (place / "map.yaml").write_text(MAP.replace("csv", form), encoding="utf-8")
    rows = [row(n) for n in range(4)]
    whole = csv_of(rows) if form == "csv" else ndjson_of(rows)
    lines = whole.encode().splitlines(keepends=True)
    with (place / f"a.{form}").open("wb") as out:
        out.writelines(lines[:2])
        for _ in range(100):
            out.write(b"x" * MIB)
        out.write(b"\n")
        out.writelines(lines[2:])
    state, posts, odd, peak = night_of(folder)
    assert (state, posts, odd) == ("done", 4, 1)
    assert peak < 200


@pytest.mark.slow
@pytest.mark.parametrize(
    ("form", "most"), [("csv", 100_000), ("ndjson", 20_000), ("parquet", 20_000)]
)
def test_memory_is_flat_from_a_thousand_to_a_hundred_thousand_rows(
    folder: CityFolder, form: str, most: int
) -> None:
    place = watched(folder)
    (place / "map.yaml").write_text(MAP.replace("csv", form), encoding="utf-8")
    peaks = []
    for count in (1_000, most):
        lay_rows(place / f"rows-{count}.{form}", count)
        state, posts, _, peak = night_of(folder)
        assert (state, posts) == ("done", count)
        peaks.append(peak)
        for path in (*folder.landing("files").iterdir(), folder.state_file("files")):
            path.unlink()
        (place / f"rows-{count}.{form}").unlink()
    assert peaks[1] < peaks[0] + MOST_MORE_MIB, peaks


def lay_rows(path: Path, count: int) -> None:
    """So many posts of five hundred authors."""
    rows = [row(n % 200_000, f"a{n % 500}", text=f"Vu à Montréval {n} " * 4) for n in range(count)]
    if path.suffix == ".parquet":
        pq.write_table(pa.Table.from_pylist(rows), path)
    else:
        text = csv_of(rows) if path.suffix == ".csv" else ndjson_of(rows)
        path.write_text(text, encoding="utf-8")


def test_nul_bytes_and_lone_surrogates_do_not_reach_the_landing(
    folder: CityFolder, settings: Settings
) -> None:
    content = ndjson_of([row(0, text="a\x00b"), row(1, text="c\ud83dd")]).encode()
    told(folder, settings, "ndjson", content, "a.ndjson")
    assert [r["text"] for r in landed(folder, "files", "post")] == ["ab", "c\ufffdd"]


def test_nul_bytes_in_csv(folder: CityFolder, settings: Settings) -> None:
    content = csv_of([row(0, text="a"), row(1, text="bNc")]).replace("N", "\x00").encode()
    outcome = told(folder, settings, "csv", content, "a.csv")
    assert outcome.state == "done"
    assert landed(folder, "files", "post")[0]["text"] == "a"
    assert "\x00" not in str(landed(folder, "files"))


def test_another_encoding_than_stated_is_told_row_by_row(
    folder: CityFolder, settings: Settings
) -> None:
    content = csv_of([row(0, text="plain"), row(1, text="à côté")]).encode("cp1252")
    outcome = told(folder, settings, "csv", content, "a.csv")
    assert outcome.counts.posts == 1
    assert outcome.odd[0].cause == "is not utf-8 text; name its encoding in the map"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252", "latin-1"])
def test_encodings_delimiters_and_byte_order_marks(
    folder: CityFolder, settings: Settings, encoding: str
) -> None:
    place = watched(folder)
    more = f'delimiter: ";"\nencoding: {encoding}\n'
    (place / "map.yaml").write_text(MAP + more, encoding="utf-8")
    text = csv_of([row(0, text="à ; côté")], delimiter=";")
    mark = "utf-8-sig" if encoding == "utf-8" else encoding
    (place / "a.csv").write_bytes(text.encode(mark))
    assert read(folder, settings).counts.posts == 1
    assert landed(folder, "files", "post")[0]["text"] == "à ; côté"


@pytest.mark.parametrize(
    "line",
    [
        b"[" * 200_000, b"{", b"null", b"3", b'{"at": ' + b"9" * 6000 + b"}", b"\xff\xfe",
        b'{"uri": {"a": 1}, "text": [], "at": NaN, "who": true}',
        b'{"uri": "https://a.example/1", "text": "t", "at": 1e300, "who": "a@b.example"}',
    ],
    ids=lambda line: repr(line[:12]),
)  # fmt: skip
def test_odd_lines_are_rejects(folder: CityFolder, settings: Settings, line: bytes) -> None:
    content = ndjson_of([row(0)]).encode() + line + b"\n" + ndjson_of([row(1)]).encode()
    outcome = told(folder, settings, "ndjson", content, "a.ndjson")
    assert (outcome.state, outcome.counts.posts, outcome.counts.odd) == ("done", 2, 1)


def test_an_open_quotation_mark_loses_its_row_and_no_more(
    folder: CityFolder, settings: Settings
) -> None:
    head, *lines = csv_of([row(n) for n in range(4000)]).splitlines(keepends=True)
    lines[10] = '"' + lines[10]
    outcome = told(folder, settings, "csv", (head + "".join(lines)).encode(), "a.csv")
    assert outcome.odd[0].position == "a.csv, line 12"
    assert outcome.counts.posts > 1500


@pytest.mark.parametrize("name", ["a.csv.gz", "a.ndjson.gz"])
def test_a_file_cut_short_gives_what_stands_before(
    folder: CityFolder, settings: Settings, name: str
) -> None:
    form = name.split(".")[1]
    rows = [row(n, text=f"{n * n * n}") for n in range(3000)]
    whole = gzip.compress((csv_of(rows) if form == "csv" else ndjson_of(rows)).encode())
    outcome = told(folder, settings, form, whole[: len(whole) // 2], name)
    assert outcome.state == "done"
    assert 0 < outcome.counts.posts < 3000
    assert "cut short" in outcome.odd[-1].cause


@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1" + b"\x00" * 100 + b"PAR1", b"x" * 999])
def test_what_is_no_parquet_file_is_told(
    folder: CityFolder, settings: Settings, content: bytes
) -> None:
    outcome = told(folder, settings, "parquet", content, "a.parquet")
    assert outcome.state == ("failed" if content else "done")


def test_a_bomb_of_gzip_is_read_line_by_line(folder: CityFolder) -> None:
    place = watched(folder)
    (place / "map.yaml").write_text(MAP.replace("csv", "ndjson"), encoding="utf-8")
    with gzip.open(place / "a.ndjson.gz", "wb") as out:
        out.write(ndjson_of([row(0)]).encode())
        for _ in range(300):
            out.write(b"0" * MIB)
    assert (place / "a.ndjson.gz").stat().st_size < MIB
    state, posts, odd, peak = night_of(folder)
    assert (state, posts, odd) == ("done", 1, 1)
    assert peak < 200
