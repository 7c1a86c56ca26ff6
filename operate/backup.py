"""Backup and restore: a copy of the home folder, taken while nothing writes.

The key of the block list is part of it: without that key, people who objected would come back.
The demo's world and Airflow's logs are left out. A decisions store on Postgres is not in the home
folder: back it up with pg_dump.
"""

from __future__ import annotations

__all__ = ["back_up", "restore"]

import shutil
import sqlite3
from contextlib import ExitStack, closing
from datetime import datetime
from pathlib import Path

from cities.folder import Home, run_id_of
from operate.errors import BackupError
from warehouse.connection import open_warehouse

LEFT_OUT = shutil.ignore_patterns(".demo", "logs", "*.draft", "*.wal", "*.lock", "*.tmp", "tmp")
PREFIX = "portevoix-"


def back_up(home: Home, directory: Path, *, at: datetime) -> Path:
    """Copy the home folder to `directory/portevoix-<time>`; returns that folder.

    Holds every city's warehouse meanwhile, so that no load is cut in two. SQLite stores are copied
    by SQLite's own backup, whole even while pages read them.
    """
    target = directory / f"{PREFIX}{run_id_of(at)}"
    draft = directory / f".{target.name}"
    if not home.root.is_dir():
        raise BackupError(f"{home.root}: there is nothing to back up; run `portevoix init` first")
    if target.exists():
        raise BackupError(f"{target}: is there already; wait a second or give another folder")
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.rmtree(draft, ignore_errors=True)
    with ExitStack() as held:
        for folder in home.folders():
            if folder.warehouse.exists():
                held.enter_context(open_warehouse(folder))
        shutil.copytree(home.root, draft, ignore=LEFT_OUT, copy_function=_copy)
    draft.chmod(0o700)
    draft.rename(target)
    return target


def _copy(source: str, target: str) -> str:
    if source.endswith(".db"):
        with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
            old.backup(new)
        shutil.copymode(source, target)
        return target
    return str(shutil.copy2(source, target))


def restore(home: Home, backup: Path) -> Path | None:
    """Put a backup in the place of the home folder; returns where the former one was moved.

    People blocked since that backup stay blocked only if they are blocked again: the command line
    says so and compares the two lists.
    """
    if not (backup / "hash.key").is_file() and not any(backup.glob("*/city.yaml")):
        raise BackupError(f"{backup}: is no backup of Portevoix; give a folder {PREFIX}<time>")
    draft = home.root.with_name(f".{home.root.name}.restoring")
    shutil.rmtree(draft, ignore_errors=True)
    shutil.copytree(backup, draft)
    draft.chmod(0o700)
    former = None
    if home.root.exists():
        former = home.root.with_name(f"{home.root.name}.before-restore")
        if former.exists():
            shutil.rmtree(draft)
            raise BackupError(f"{former}: is there already; move it away, then restore again")
        home.root.rename(former)
    draft.rename(home.root)
    return former
