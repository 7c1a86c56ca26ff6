"""Backup: a copy of the home folder, taken while nothing loads. `operate.restore` puts it back.

The key of the block list is part of it: without that key, people who objected would come back.
The demo's world and Airflow's logs are left out. What lies elsewhere (decisions on Postgres, a key
in the environment) is not in the home folder: `contents` says so.
"""

from __future__ import annotations

__all__ = ["PREFIX", "back_up", "contents"]

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import datetime
from pathlib import Path

from cities.folder import Home, run_id_of
from cities.settings import Settings
from decisions.store import sqlite_file
from operate.errors import BackupError
from warehouse.connection import open_warehouse

# A journal beside a copied SQLite file would be played into it when it is opened.
LEFT_OUT = shutil.ignore_patterns(
    *(".demo", "logs", "*.draft", "*.wal", "*.lock", "*.tmp", "tmp"),
    *("*.db-journal", "*.db-wal", "*.db-shm"),
)
PREFIX = "portevoix-"


def back_up(home: Home, directory: Path, *, at: datetime) -> Path:
    """Copy the home folder to `directory/portevoix-<time>`; returns that folder.

    Holds every city's warehouse meanwhile, so that no load is cut in two. SQLite stores are copied
    by SQLite's own backup, whole even while pages read them. Collecting may go on: cursors are
    copied before the files that they passed, so a restore fetches a page twice, never none.
    Raises `BackupError`, and leaves nothing half made.
    """
    target = directory / f"{PREFIX}{run_id_of(at)}"
    draft = directory / f".{target.name}"
    _refuse(home, directory, target)
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.rmtree(draft, ignore_errors=True)
        with ExitStack() as held:
            for folder in home.folders():
                if folder.warehouse.exists():
                    # What a killed load left in the log of writes goes into the file: it counts.
                    held.enter_context(open_warehouse(folder)).execute("checkpoint")
            _copy_home(home, draft)
        draft.chmod(0o700)
        draft.rename(target)
    except (OSError, sqlite3.Error) as error:
        cause = getattr(error, "strerror", None) or "a file could not be copied"
        raise BackupError(
            f"{directory}: the backup was not made ({cause}); mend that, or give another folder"
        ) from None
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return target


def contents(settings: Settings, made: Path) -> Iterator[str]:
    """What a backup holds and what it does not, one line each."""
    cities = sorted(path.parent.name for path in made.glob("*/city.yaml"))
    yield f"Cities: {', '.join(cities) or 'none'}."
    store = sqlite_file(settings)
    if store is not None and (made / store.name).is_file() and _is_below(store, settings.home.root):
        yield "Decisions: held."
    elif settings.decisions_url is not None:
        yield "Decisions: NOT held, they lie at PORTEVOIX_DECISIONS_URL; back them up there."
    else:
        yield "Decisions: none yet."
    if settings.hash_key is not None:
        yield "Key of the block list: NOT held, it is PORTEVOIX_HASH_KEY; keep it elsewhere."
    else:
        is_held = (made / "hash.key").is_file()
        yield f"Key of the block list: {'held' if is_held else 'none yet'}."
    yield "Left out: the demo's world, Airflow's logs."


def _refuse(home: Home, directory: Path, target: Path) -> None:
    if not home.root.is_dir():
        raise BackupError(f"{home.root}: there is nothing to back up; run `portevoix init` first")
    if _is_below(directory, home.root):
        raise BackupError(f"{directory}: lies in the home folder; give a folder outside it")
    if target.exists():
        raise BackupError(f"{target}: is there already; wait a second or give another folder")


def _is_below(path: Path, root: Path) -> bool:
    return path.resolve().is_relative_to(root.resolve())


def _copy_home(home: Home, draft: Path) -> None:
    def left_out(directory: str, names: list[str]) -> set[str]:
        is_city = "city.yaml" in names and Path(directory).parent == home.root
        return LEFT_OUT(directory, names) | ({"state"} if is_city else set())

    for folder in home.folders():
        state = folder.root / "state"
        if state.is_dir():
            into = draft / folder.city_id / "state"
            shutil.copytree(state, into, ignore=LEFT_OUT, copy_function=_copy)
    shutil.copytree(
        home.root, draft, ignore=left_out, copy_function=_copy, dirs_exist_ok=True, symlinks=True
    )


def _copy(source: str, target: str) -> str:
    try:
        if source.endswith(".db"):
            with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
                old.backup(new)
            shutil.copymode(source, target)
            return target
        return str(shutil.copy2(source, target))
    except FileNotFoundError:
        # Retention or a running Airflow removed it between the listing and the copy.
        return target
