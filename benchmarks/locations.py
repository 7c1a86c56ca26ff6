"""Reading of declared locations: `python -m benchmarks.locations --locations FILE`.

The file has a row a line: `location` as typed, `departement` the code that is right. Prints, as
`name value` lines: `resolved`, the share of rows read as a département; `right_of_resolved`;
`right_of_all`; and `to_a_commune`, the share read as one commune.
"""

from __future__ import annotations

__all__ = ["figures", "main"]

import argparse
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from cities.declared_places import read_declared_place

SHARED = Path(__file__).parent / "data" / "declared_locations_fr.ndjson"


def figures(rows: Iterable[Mapping[str, str]]) -> dict[str, float]:
    """The figures over rows; nan where nothing is to be counted."""
    read = [(read_declared_place(row["location"]), row["departement"]) for row in rows]
    resolved = [(place, right) for place, right in read if place.departement is not None]
    right = sum(place.departement == code for place, code in resolved)
    return {
        "resolved": _share(len(resolved), len(read)),
        "right_of_resolved": _share(right, len(resolved)),
        "right_of_all": _share(right, len(read)),
        "to_a_commune": _share(sum(place.insee is not None for place, _ in read), len(read)),
    }


def _share(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the file and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--locations", type=Path, default=SHARED)
    path = parser.parse_args(arguments).locations
    lines = path.read_text(encoding="utf-8").splitlines()
    for name, value in figures(json.loads(line) for line in lines if line.strip()).items():
        print(f"{name} {value:.3f}")


if __name__ == "__main__":
    main()
