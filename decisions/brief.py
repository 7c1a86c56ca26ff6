"""Writing the brief: what people have decided when a night begins, in one file that stays."""

from __future__ import annotations

__all__ = ["brief_of", "canonical", "locked", "replace_brief", "write_brief"]

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from cities.brief import Brief
from cities.folder import CityFolder
from cities.settings import Settings
from decisions import (
    contacts,
    corrections,
    invitations,
    members,
    occasions,
    preferences,
    relays,
    rules,
    weights,
)
from decisions.forms import moment
from decisions.objections import blocked_hashes
from decisions.store import open_store


def write_brief(folder: CityFolder, as_of: datetime, *, settings: Settings) -> Path:
    """Write the brief of the night that starts at `as_of`; returns its path.

    A brief is written once: when it is there, it is kept as it is, whatever was decided since.
    All that is decided counts, also what bears a later date than `as_of`: an objection made
    today must bar an author from a night that is run again. Raises `StoreError`.
    """
    path = folder.brief_file(as_of)
    folder.briefs.mkdir(mode=0o700, parents=True, exist_ok=True)
    with locked(folder.briefs):
        if not path.exists():
            with open_store(settings) as store, store.reading() as session:
                brief = brief_of(session, folder.city_id, as_of)
            _link(path, canonical(brief))
    return path


def brief_of(session: Session, city_id: str, as_of: datetime) -> Brief:
    """All that is decided now in a city, every part sorted by its key."""
    return Brief(
        city_id=city_id,
        as_of=moment("as_of", as_of),
        blocked=tuple(sorted(blocked_hashes(session, city_id))),
        members=members.all_members(session, city_id),
        corrections=corrections.for_brief(session, city_id),
        contacts=contacts.last_contacts(session, city_id),
        occasions=occasions.under_way(session, city_id),
        invitations=invitations.under_way(session, city_id),
        relays=relays.under_way(session, city_id),
        settled=occasions.settled(session, city_id),
        settings=rules.all_rules(session, city_id),
        preferences=preferences.for_brief(session, city_id),
        weights=weights.accepted(session, city_id),
    )


def canonical(brief: Brief) -> bytes:
    """The one form of a brief: sorted keys, UTF-8 as it is typed, one final line feed."""
    data = brief.model_dump(mode="json")
    return (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


@contextmanager
def locked(briefs: Path) -> Iterator[None]:
    """Hold the folder of briefs alone: no brief read before an erasure appears after it."""
    handle = os.open(briefs, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def replace_brief(path: Path, content: bytes) -> None:
    """Put `content` in place of a brief, whole: for an erasure alone, under `locked`."""
    draft = _draft(path, content)
    draft.replace(path)
    _sync(path.parent)


def _link(path: Path, content: bytes) -> None:
    draft = _draft(path, content)
    os.link(draft, path)  # refuses to replace a brief, where a rename would not
    draft.unlink()
    _sync(path.parent)


def _draft(path: Path, content: bytes) -> Path:
    # One name for all who write, under the lock, so that what a killed one left goes; unlinked
    # and not overwritten: it may be the brief itself under a second name.
    draft = path.with_name(f".{path.name}")
    draft.unlink(missing_ok=True)
    with draft.open("wb") as file:
        os.fchmod(file.fileno(), 0o600)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return draft


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
