"""A load in a process of its own: `python -m tests.warehouse.child DATA_FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path

from cities.folder import CityFolder
from cities.settings import Settings
from tests.constants import NIGHT_1
from warehouse.load import load


def main() -> None:
    home = Path(sys.argv[1])
    load(CityFolder(home / "montreval"), NIGHT_1, settings=Settings(data=home, hash_key="k" * 64))


if __name__ == "__main__":
    main()
