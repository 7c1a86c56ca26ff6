"""Restore: a backup takes the place of the home folder; who objected since stays out.

Objections are keyed hashes: those of the former decisions store go into the restored one before it
is put in place. Decisions on Postgres are not in the home folder, so a restore leaves them as they
are.
"""

from __future__ import annotations

__all__ = ["Restored", "restore"]

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cities.folder import Home
from cities.settings import HASH_KEY_FILE, Settings
from decisions.errors import StoreError
from decisions.objections import Mark, all_marks, keep_marks
from decisions.store import open_store
from operate.backup import PREFIX
from operate.errors import BackupError

ACTOR = "portevoix restore"


@dataclass(frozen=True, slots=True)
class Restored:
    """Where the former home lies (None: there was none), and how many objections it added."""

    former: Path | None
    count_kept: int

    def lines(self) -> Iterator[str]:
        """What was done, and what is left to do by hand."""
        if self.former is None:
            yield "Restored. There was no home folder to take objections from: whoever objected or"
            yield "was erased since that backup must be blocked again (portevoix object, erase)."
            return
        yield f"Restored. Objections made since that backup are kept: {self.count_kept}."
        yield "Whoever was erased since stays blocked, but is in the restored files: erase again."
        yield f"The former folder is {self.former}: destroy it once all is well."


def restore(settings: Settings, backup: Path, *, at: datetime) -> Restored:
    """Put a backup in the place of the home folder; the former one is kept beside it.

    Everybody blocked in the former home is blocked in the restored one, and leaves its decisions
    store. Data of people erased since is in the restored city's files until they are erased again.
    Raises `BackupError`: nothing was replaced.
    """
    home = settings.home
    former = _place_of_former(home)
    if not (backup / HASH_KEY_FILE).is_file() and not any(backup.glob("*/city.yaml")):
        raise BackupError(f"{backup}: is no backup of Portevoix; give a folder {PREFIX}<time>")
    draft = home.root.with_name(f".{home.root.name}.restoring")
    shutil.rmtree(draft, ignore_errors=True)
    try:
        shutil.copytree(backup, draft, symlinks=True)
        draft.chmod(0o700)
        count_kept = _keep_objections(settings, Home(draft), at=at) if former else 0
        _swap(home, draft, former)
    except OSError as error:
        raise BackupError(
            f"{backup}: was not restored ({error.strerror or 'a file could not be copied'}); "
            "what stood is as it was"
        ) from None
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return Restored(former, count_kept)


def _place_of_former(home: Home) -> Path | None:
    if not home.root.exists():
        return None
    former = home.root.with_name(f"{home.root.name}.before-restore")
    if former.exists():
        raise BackupError(f"{former}: is there already; move it away, then restore again")
    return former


def _swap(home: Home, draft: Path, former: Path | None) -> None:
    if former is not None:
        home.root.rename(former)
    try:
        draft.rename(home.root)
    except OSError:
        if former is not None:
            former.rename(home.root)
        raise


def _keep_objections(settings: Settings, draft: Home, *, at: datetime) -> int:
    if settings.decisions_url is not None or not settings.home.decisions_file.exists():
        return 0
    marks = _marks(settings)
    if not marks:
        return 0
    _keep_key(settings, draft)
    count_kept = 0
    with open_store(settings.model_copy(update={"data": draft.root})) as store:
        for city_id in sorted({mark.city_id for mark in marks}):
            with store.act(city_id, actor=ACTOR, at=at) as act:
                count_kept += keep_marks(act, marks)
        store.compact()
    return count_kept


def _marks(settings: Settings) -> tuple[Mark, ...]:
    try:
        with open_store(settings) as store, store.reading() as session:
            return all_marks(session)
    except StoreError:
        raise BackupError(
            f"{settings.home.decisions_file}: its objections cannot be read; move the home folder "
            "away, restore, then block again whoever objected since that backup"
        ) from None


def _keep_key(settings: Settings, draft: Home) -> None:
    """Hashes mean something under one key alone."""
    if settings.hash_key is not None:
        return
    ours, theirs = settings.home.root / HASH_KEY_FILE, draft.root / HASH_KEY_FILE
    if not theirs.exists():
        shutil.copy2(ours, theirs)
    elif ours.read_bytes().strip() != theirs.read_bytes().strip():
        raise BackupError(
            f"{HASH_KEY_FILE}: the backup has another key than the home folder, so its block list "
            "cannot take the objections made since; give a backup of this home folder"
        )
