"""The DAG: one a city folder, its order, its rules; run for real, with and without a fault."""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from demo.serve import Proxy
from demo.world import read_world
from operate.standing import POOLS
from tests.constants import NIGHT_1, ROOT
from tests.laws.nights import KEY, Stage, new_stage
from warehouse.digest import digest

SHAPE = """
import importlib, json
nightly = importlib.import_module("dags.nightly")
dag = nightly.nightly_montreval
print(json.dumps({
    "ids": sorted(name for name in vars(nightly) if name.startswith("nightly_")),
    "order": [task.task_id for task in dag.topological_sort()],
    "retries": {task.task_id: task.retries for task in dag.tasks},
    "pools": sorted({task.pool for task in dag.tasks}),
    "rules": {
        task.task_id: task.trigger_rule.value
        for task in dag.tasks
        if task.trigger_rule.value != "all_success"
    },
}))
"""


def environment(stage: Stage) -> dict[str, str]:
    """The variables of a child that runs nights of this stage."""
    return {
        **os.environ,
        **stage.environment,
        "PORTEVOIX_DATA": str(stage.home.root),
        "PORTEVOIX_HASH_KEY": KEY,
        "PORTEVOIX_CONTACT": "dpo@montreval.example",
        "PORTEVOIX_RETRY_SECONDS": "0",
    }


def nightly(stage: Stage, as_of: datetime) -> subprocess.CompletedProcess[str]:
    """One night by the command line."""
    child = start_nightly(stage, as_of)
    stdout, stderr = child.communicate()
    return subprocess.CompletedProcess(child.args, child.returncode, stdout, stderr)


def start_nightly(stage: Stage, as_of: datetime) -> subprocess.Popen[str]:
    """One night by the command line, to be waited for or killed with all that it started."""
    moment = as_of.strftime("%Y-%m-%dT%H:%M:%S")
    return subprocess.Popen(
        [sys.executable, "-m", "portevoix", "nightly", "montreval", "--as-of", moment],
        env=environment(stage),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def shape(stage: Stage) -> Mapping[str, object]:
    """What a child that imports the DAG file sees."""
    airflow = {"AIRFLOW_HOME": str(stage.home.airflow), "AIRFLOW__CORE__LOAD_EXAMPLES": "False"}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", SHAPE],
        env=environment(stage) | airflow,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    found: Mapping[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.fixture(scope="module")
def ran(
    session_proxy: Proxy, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Stage, subprocess.CompletedProcess[str]]:
    """A home after one night by the DAG, and what it printed."""
    session_proxy.set_faults([])
    session_proxy.set_clock(NIGHT_1)
    stage = new_stage(tmp_path_factory.mktemp("dag") / "data", session_proxy)
    return stage, nightly(stage, NIGHT_1)


def test_the_dag_has_the_stated_shape(tmp_path: Path, proxy: Proxy) -> None:
    found = shape(new_stage(tmp_path / "data", proxy))
    assert found["ids"] == ["nightly_montreval"]
    assert found["order"] == ["brief", "collect", "load", "score", "propose", "publish", "verdict"]
    assert found["rules"] == {"load": "all_done", "verdict": "all_done"}
    # a scheduler never queues a task whose pool does not exist: `up` makes these
    assert set(found["pools"]) <= {"default_pool", *POOLS}  # type: ignore[call-overload]


def test_a_night_succeeds_and_publishes(
    ran: tuple[Stage, subprocess.CompletedProcess[str]],
) -> None:
    stage, done = ran
    assert done.returncode == 0, done.stderr
    assert stage.folder.snapshot_file(NIGHT_1).exists()


def test_the_dag_gives_what_the_run_functions_give(
    ran: tuple[Stage, subprocess.CompletedProcess[str]], first_night: Stage
) -> None:
    assert digest(ran[0].folder) == digest(first_night.folder)


def test_a_night_killed_in_the_dag_ends_as_an_undisturbed_one(
    first_night: Stage, proxy: Proxy, tmp_path: Path
) -> None:
    stage = new_stage(tmp_path / "data", proxy)
    child = start_nightly(stage, NIGHT_1)
    landing = stage.folder.landing("mastodon-halle")
    while not any(landing.glob("*.ndjson.gz")) and child.poll() is None:
        time.sleep(0.02)
    assert child.poll() is None
    os.killpg(child.pid, signal.SIGKILL)
    child.communicate()
    done = nightly(stage, NIGHT_1)
    assert done.returncode == 0, done.stderr
    assert digest(stage.folder) == digest(first_night.folder)


def test_names_stay_inside(
    ran: tuple[Stage, subprocess.CompletedProcess[str]], tiny_world: Path
) -> None:
    refuse_names(*ran, tiny_world)


def refuse_names(stage: Stage, done: subprocess.CompletedProcess[str], directory: Path) -> None:
    """Fail when a handle, a text or the key stands in output, logs or metadata."""
    world = read_world(directory)
    secrets = [KEY, *(author.username for author in world.authors)]
    secrets += [post.text[:40] for post in world.posts if len(post.text) > 40]
    logs = [path for path in (stage.home.airflow / "logs").rglob("*") if path.is_file()]
    said = [done.stdout, done.stderr, *(path.read_text(errors="replace") for path in logs)]
    pattern = re.compile("|".join(map(re.escape, secrets)), re.IGNORECASE)
    assert [pattern.findall(text) for text in said if pattern.search(text)] == []
    metadata = (stage.home.airflow / "airflow.db").read_bytes().decode(errors="replace")
    assert pattern.findall(metadata) == []


def test_xcom_carries_source_ids_and_counts(
    ran: tuple[Stage, subprocess.CompletedProcess[str]],
) -> None:
    with closing(sqlite3.connect(ran[0].home.airflow / "airflow.db")) as metadata:
        stored = [value for (value,) in metadata.execute("select value from xcom")]
    plain = [json.loads(value) if isinstance(value, str) else value for value in stored]
    assert plain
    sources = [source.source_id for source in ran[0].folder.city().sources]
    assert [value for value in plain if isinstance(value, list)] == [sources]
    for value in plain:
        numbers = value.values() if isinstance(value, dict) else [value]
        assert isinstance(value, list) or all(n is None or isinstance(n, int) for n in numbers)


def test_a_failed_source_still_publishes_and_fails_the_run(
    tmp_path: Path, proxy: Proxy, tiny_world: Path
) -> None:
    stage = new_stage(tmp_path / "data", proxy)
    proxy.set_faults([{"host": "halle.example", "path": "/", "kind": "expired", "times": None}])
    done = nightly(stage, NIGHT_1)
    assert done.returncode == 2
    assert "montreval" in done.stderr
    assert stage.folder.snapshot_file(NIGHT_1).exists()
    refuse_names(stage, done, tiny_world)
