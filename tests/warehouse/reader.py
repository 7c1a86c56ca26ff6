"""Pages in a process of their own: `python -m tests.warehouse.reader DATA_FOLDER`.

Holds every snapshot open read-only, and the newest as the pages do. For each line on its input it
prints how many members of the team the newest night shows now.
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

from cities.folder import CityFolder
from review.snapshot import Snapshots


def main() -> None:
    folder = CityFolder(Path(sys.argv[1]) / "montreval")
    held = [duckdb.connect(path, read_only=True) for path in folder.snapshots.glob("*.duckdb")]
    pages = Snapshots()
    pages.newest(folder)
    for _ in sys.stdin:
        sys.stdout.write(f"{count_team(pages, folder)}\n")
        sys.stdout.flush()
    for connection in held:
        connection.close()


def count_team(pages: Snapshots, folder: CityFolder) -> int:
    """How many members of the proposed team the pages would show now."""
    return len(pages.newest(folder).rows("team", blocked=[]))


if __name__ == "__main__":
    main()
