"""Writing a file so that a crash leaves the old one or the new one, whole."""

from __future__ import annotations

__all__ = ["remove_drafts", "sync_folder", "write_durably"]

import os
from pathlib import Path

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700
DRAFT = ".draft"


def write_durably(path: Path, content: bytes) -> None:
    """Write beside, fsync, rename over `path`, fsync the folder; owner-only rights."""
    path.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}{DRAFT}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make renames and removals in a folder durable."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove_drafts(folder: Path) -> None:
    """Remove what a killed writer left behind: it may hold names, and nobody would forget it."""
    if folder.is_dir():
        for draft in folder.glob(f".*{DRAFT}"):
            draft.unlink(missing_ok=True)
