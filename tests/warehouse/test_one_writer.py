"""One writer: killed anywhere and rerun, two at once, a reader beside."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.constants import NIGHT_1, ROOT
from tests.warehouse.nights import OTHER_SOURCE, Town, author, edge, post
from warehouse.connection import open_warehouse
from warehouse.digest import digest, table_digests
from warehouse.errors import WarehouseBusyError, WarehouseError

KILLS = 6


def start_load(home: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "tests.warehouse.child", home], cwd=ROOT)


def land_a_town(town: Town) -> None:
    names = [f"voix{n}" for n in range(50)]
    for seq in range(10):
        posts = [post(n, name) for n in range(seq * 4, seq * 4 + 4) for name in names]
        town.land(*posts, seq=seq)
        town.land(*posts[::3], source=OTHER_SOURCE, seq=seq)
    town.land(*(author(name) for name in names), seq=10)
    town.land(*(edge(name, names[0], 1) for name in names), seq=11)
    town.brief()


@pytest.mark.slow
def test_killed_anywhere_and_rerun_gives_the_same_warehouse(town: Town) -> None:
    land_a_town(town)
    start = time.monotonic()
    assert start_load(town.folder.root.parent).wait() == 0
    duration = time.monotonic() - start
    undisturbed = table_digests(town.folder)
    town.folder.warehouse.unlink()
    count_killed = 0
    for kill in range(KILLS):
        load = start_load(town.folder.root.parent)
        time.sleep(duration * (0.4 + 0.6 * kill / KILLS))
        load.send_signal(signal.SIGKILL)
        count_killed += load.wait() != 0
    assert start_load(town.folder.root.parent).wait() == 0
    assert table_digests(town.folder) == undisturbed
    assert count_killed > 0


def test_two_loads_at_once_end_as_one(town: Town) -> None:
    land_a_town(town)
    first, second = (start_load(town.folder.root.parent) for _ in range(2))
    assert (first.wait(), second.wait()) == (0, 0)
    assert town.value("select count(*) from posts") == 2000
    assert town.value("select count(*) from loaded_files") == 22


def test_a_second_writer_waits_then_says_so(town: Town) -> None:
    with (
        open_warehouse(town.folder),
        pytest.raises(WarehouseBusyError, match="another run"),
        open_warehouse(town.folder, wait_seconds=0.2),
    ):
        pass


def test_threads_of_one_process_take_turns(town: Town) -> None:
    town.land(post())
    town.brief()
    with ThreadPoolExecutor(2) as threads:
        reports = list(threads.map(lambda _: town.load(NIGHT_1), range(2)))
    assert sorted(report.count_files for report in reports) == [0, 1]


def test_a_file_held_by_another_program_is_named(town: Town) -> None:
    town.load()
    code = "import duckdb, sys, time; c = duckdb.connect(sys.argv[1]); print('held', flush=True)"
    holder = subprocess.Popen(
        [sys.executable, "-c", f"{code}; time.sleep(60)", town.folder.warehouse],
        stdout=subprocess.PIPE,
    )
    assert holder.stdout
    with holder.stdout:
        holder.stdout.readline()
        with pytest.raises(WarehouseBusyError, match="close it"), open_warehouse(town.folder):
            pass
        holder.kill()
        holder.wait()


def test_reading_before_the_first_load_says_so(town: Town) -> None:
    with (
        pytest.raises(WarehouseError, match="run the load first"),
        open_warehouse(town.folder, read_only=True),
    ):
        pass


def test_a_broken_file_says_so(town: Town) -> None:
    town.folder.warehouse.write_bytes(b"no database" * 1000)
    with pytest.raises(WarehouseError, match="cannot be opened"):
        town.load()


def test_a_copy_of_the_folder_is_a_backup(town: Town) -> None:
    town.land(post(), author())
    town.load()
    before = digest(town.folder)
    shutil.copytree(town.folder.root, town.folder.root.with_name("copy"))
    shutil.rmtree(town.folder.root)
    town.folder.root.with_name("copy").rename(town.folder.root)
    assert digest(town.folder) == before
