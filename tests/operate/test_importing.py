"""`portevoix import`: from a file in hand to landed posts, or one sentence with the mend."""

from __future__ import annotations

import io
import re
import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from rich.console import Console

from cities.brief import Account
from cities.folder import CityFolder, Home
from cities.settings import Settings
from operate.importing import Importer, import_source
from outreach.rights import erase
from review.snapshot import Snapshots
from tests.collectors.imports import MAP, csv_of, row, watched
from tests.collectors.nights import landed
from tests.collectors.test_import_maps import MINET
from tests.operate.test_command_line import say


@pytest.fixture
def city(folder: CityFolder) -> CityFolder:
    """The demo city with an import source and no other."""
    watched(folder).rmdir()
    return folder


@pytest.fixture
def hand(tmp_path: Path) -> Path:
    """What an analyst has in hand: an export and its map."""
    hand = tmp_path / "hand"
    hand.mkdir()
    (hand / "mine.yaml").write_text(MAP, encoding="utf-8")
    lay(hand / "posts.csv", [row(n, at=now() - 60 * n) for n in range(5)])
    return hand


def now() -> int:
    """Some minutes ago: the verb reads the clock."""
    return int(time.time()) - 600


def lay(path: Path, rows: list[dict[str, object]]) -> Path:
    """A CSV file."""
    path.write_text(csv_of(rows), encoding="utf-8")
    return path


def bring(city: CityFolder, file: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """The verb, on one file."""
    return say(Home(city.root.parent), "import", city.city_id, str(file), *more)


def test_a_file_lands_at_once_and_says_what_comes_next(city: CityFolder, hand: Path) -> None:
    rows = [*(row(n, at=now() - 60 * n) for n in range(5)), row(9, at="soon")]
    done = bring(city, lay(hand / "posts.csv", rows), "--map", str(hand / "mine.yaml"))
    assert done.returncode == 0, done.stderr
    assert "files: 5 posts, 1 authors" in done.stdout
    assert "posts.csv, line 7: published_at: cannot be read as epoch" in done.stdout
    assert "portevoix nightly montreval" in done.stdout
    assert len(landed(city, "files", "post")) == 5
    place = city.root / "imports"
    assert sorted(path.name for path in place.iterdir()) == ["posts.csv", "posts.map.yaml"]
    assert all(path.stat().st_mode & 0o077 == 0 for path in (place, *place.iterdir()))


def test_with_a_ready_map_and_the_night_there_is_a_ranking(city: CityFolder, hand: Path) -> None:
    text = "Ma boulangerie du quartier des Verriers, le pain de ce matin ! #montreval"
    bio = "Montrévaloise, maman de deux enfants, je vis à Montréval"
    rows = [
        # People do not post at the same minute each day: at a round one, it would look automated.
        MINET | {"id": str(10**18 + n), "timestamp_utc": str(now() - 87_511 * n),
                 "text": f"{text} {n}", "user_description": bio, "collection_time": "",
                 "user_name": "Lou Martin"}
        for n in range(12)
    ]  # fmt: skip
    done = bring(city, lay(hand / "posts.csv", rows), "--map", "minet", "--night")
    assert done.returncode == 0, done.stderr
    assert "is published" in done.stdout
    [counts] = Snapshots().newest(city).rows("counts", blocked=[])
    assert counts["count_ranked"] == 1


def test_a_mistake_is_told_before_anything_is_copied(city: CityFolder, hand: Path) -> None:
    wrong = hand / "wrong.yaml"
    wrong.write_text(MAP.replace("uri", "url").replace("text: text", "text: body"))
    for file, map_name, told in (
        ("posts.csv", str(wrong), "has no column url (post_id), body (text)"),
        ("posts.csv", "hootsuite", "no ready map (4cat, minet, twarc)"),
        ("nothing.csv", str(hand / "mine.yaml"), "there is no such file"),
        ("mine.yaml", str(hand / "mine.yaml"), "is none of .csv"),
    ):
        done = bring(city, hand / file, "--map", map_name)
        assert done.returncode == 2
        assert told in done.stderr
        assert done.stderr.count("\n") == 1
    assert not (city.root / "imports").exists()


def test_a_map_that_fits_no_row_is_refused(city: CityFolder, hand: Path) -> None:
    (hand / "mine.yaml").write_text(MAP.replace("as: epoch", "as: date"), encoding="utf-8")
    done = bring(city, hand / "posts.csv", "--map", str(hand / "mine.yaml"))
    assert done.returncode == 2
    assert "published_at: cannot be read as date; and so of all 5 first rows" in done.stderr


def test_a_city_without_import_source_is_told_the_lines_to_add(
    folder: CityFolder, hand: Path
) -> None:
    data = yaml.safe_load(folder.city_file.read_text(encoding="utf-8"))
    data["sources"] = [each for each in data["sources"] if each["platform"] != "import"]
    folder.city_file.write_text(yaml.safe_dump(data), encoding="utf-8")
    done = bring(folder, hand / "posts.csv", "--map", str(hand / "mine.yaml"))
    assert done.returncode == 2
    assert "- {source_id: imports, platform: import, use: listen}" in done.stderr
    assert done.stderr.count("\n") == 1


def test_of_several_sources_one_is_named(city: CityFolder, hand: Path) -> None:
    data = yaml.safe_load(city.city_file.read_text(encoding="utf-8"))
    data["sources"].append({"source_id": "heard", "platform": "import", "folder": "heard"})
    city.city_file.write_text(yaml.safe_dump(data), encoding="utf-8")
    arguments = ("--map", str(hand / "mine.yaml"))
    assert "--source with one of files, heard" in bring(city, hand / "posts.csv", *arguments).stderr
    assert bring(city, hand / "posts.csv", *arguments, "--source", "heard").returncode == 0
    assert landed(city, "heard", "author") == []
    assert len(landed(city, "heard", "post")) == 5


def test_erasure_clears_the_originals_and_says_so(
    city: CityFolder, settings: Settings, hand: Path
) -> None:
    bring(city, hand / "posts.csv", "--map", str(hand / "mine.yaml"))
    account = Account(platform="mastodon", author_id="ana@saone.example")
    proof = erase(city, account, settings=settings, actor="odile", at=datetime.now(UTC))
    assert dict(proof.searched)["imported files"] == 1
    assert "ana@saone" not in (city.root / "imports" / "posts.csv").read_text(encoding="utf-8")


@pytest.mark.slow
def test_who_waits_longer_than_two_seconds_sees_how_far_it_is(
    city: CityFolder, settings: Settings, hand: Path
) -> None:
    file = lay(hand / "posts.csv", [row(n, at=now() - n) for n in range(40_000)])
    screen = io.StringIO()
    importer = Importer(
        city, import_source(city.city()), settings, Console(file=screen, force_terminal=True)
    )
    moment = datetime.now(UTC).replace(microsecond=0)
    assert importer.bring_in(file, str(hand / "mine.yaml"), moment).counts.posts == 40_000
    assert "reading" in screen.getvalue()
    assert re.search(r"[1-9]\d?%", screen.getvalue())
