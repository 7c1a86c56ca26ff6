"""Scores of authors and the ranking on a world with its truth: `benchmarks.world --world DIR`.

All figures of `benchmarks.quality`, and:

- `macro_f1_account_type`: over the six types; `f1_<type>` each. `persons_silenced`: share of true
  persons whose account is not read as a person's; `organisations_let_in`: the other error.
- `ece_residency`, `ece_person`, `ece_relevance`: expected calibration error of each probability.
- `kendall_night`: Kendall's tau between the orders of the world's last two nights;
  `kendall_missing`: between the last night and the same with 10 % of posts missing.
- `evidence_gap`: the largest distance between a score of an author and the sum of its evidence.
"""

from __future__ import annotations

__all__ = ["main"]

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from scipy.stats import kendalltau

from benchmarks.quality import measure
from benchmarks.quality_scores import Figures, Key
from benchmarks.world_city import load_world
from benchmarks.world_truth import of_truth
from cities.folder import CityFolder
from demo.world import read_world
from scoring.run import score
from warehouse.connection import open_warehouse


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure a world and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--world", type=Path, required=True)
    world = parser.parse_args(arguments).world
    with tempfile.TemporaryDirectory() as home:
        folder = CityFolder(Path(home) / "whole" / "montreval")
        figures = {**measure(world, folder), **of_truth(world, folder)}
        figures |= _stability(world, folder, Path(home))
    for name, value in figures.items():
        print(f"{name} {value:.4f}")


def _stability(world: Path, folder: CityFolder, home: Path) -> Figures:
    last = _order(folder)
    lacking = CityFolder(home / "lacking" / "montreval")
    score(lacking, load_world(world, lacking, is_lacking=True))
    figures = {"kendall_missing": _tau(last, _order(lacking))}
    if len(read_world(world).file.nights) > 1:
        before = CityFolder(home / "before" / "montreval")
        score(before, load_world(world, before, night=-2))
        figures["kendall_night"] = _tau(last, _order(before))
    return figures


def _order(folder: CityFolder) -> dict[Key, int]:
    """Place of each person in the overall ranking."""
    with open_warehouse(folder, read_only=True) as connection:
        rows = connection.execute(
            "select person_id, position from rankings where theme = ''"
        ).fetchall()
    return {("person", person): position for person, position in rows}


def _tau(one: dict[Key, int], other: dict[Key, int]) -> float:
    both = sorted(one.keys() & other.keys())
    return float(kendalltau([one[key] for key in both], [other[key] for key in both]).statistic)


if __name__ == "__main__":
    main()
