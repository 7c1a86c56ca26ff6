"""A night in this process: the city's own DAG through `dag.test()`, no scheduler.

Airflow reads its settings when it is imported, so the environment is entered first and the DAG
imported inside the function.
"""

from __future__ import annotations

__all__ = ["airflow_executable", "prepare_airflow", "run_night"]

import importlib
import logging
import subprocess
import sys
import warnings
from datetime import datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from cities.folder import CityFolder
from cities.settings import (
    Settings,
    airflow_environment,
    child_environment,
    enter_environment,
)
from operate.errors import NightFailedError, OperateError

# Somebody sits before this night: a source that asks to wait is tried again soon, twice.
RETRY_SECONDS = "20"
QUIET = ("airflow", "alembic", "task", "sqlalchemy", "py.warnings", "flask_appbuilder")


def airflow_executable() -> str:
    """The `airflow` command of this environment."""
    return str(Path(sys.executable).with_name("airflow"))


def prepare_airflow(settings: Settings) -> None:
    """Bring Airflow's metadata to the installed version; a mark spares the 6 s of a second time."""
    airflow = settings.home.airflow
    environment = child_environment(airflow_environment(settings), is_operator_first=True)
    # The operator may give another database to Airflow, which is not migrated by this one's mark.
    place = sha256(environment["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"].encode()).hexdigest()[:12]
    mark = airflow / f"migrated-{version('apache-airflow')}-{place}"
    if mark.exists():
        return
    settings.home.make()
    airflow.mkdir(mode=0o700, exist_ok=True)
    done = subprocess.run(
        [airflow_executable(), "db", "migrate"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no word"])[-1]
        raise OperateError(f"airflow db migrate: {last}; remove {airflow} and start again")
    mark.touch()


def run_night(folder: CityFolder, as_of: datetime, *, settings: Settings) -> None:
    """Run the city's DAG for `as_of`; raises `NightFailedError` when the run failed.

    `dag.test()` returns a failed run without raising, so its state is read here.
    """
    folder.city()
    prepare_airflow(settings)
    enter_environment(airflow_environment(settings) | {"PORTEVOIX_RETRY_SECONDS": RETRY_SECONDS})
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.ERROR)
    with warnings.catch_warnings():
        # Airflow warns of its own libraries, and nobody here can mend those. Its settings put the
        # warnings back on when they are imported: so they come first.
        importlib.import_module("airflow.settings")
        warnings.simplefilter("ignore")
        nightly = importlib.import_module("dags.nightly")
        warnings.simplefilter("ignore")
        run = getattr(nightly, f"nightly_{folder.city_id}").test(logical_date=as_of)
    if run.state != "success":
        raise NightFailedError(
            f"{folder.city_id}: the night of {as_of:%Y-%m-%d %H:%M} UTC {run.state}; "
            f"its pages say which source is missing, `portevoix check {folder.city_id}` why"
        )
