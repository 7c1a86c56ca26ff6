"""Quality of the scores on a world whose truth is known: `benchmarks.quality --world DIR`.

Prints `name value` lines. Beside each ranking figure stands what other orders get on the same
people: `…_by_followers`, `…_by_posts` (post count), `…_by_chance` (a seeded draw). Figures:

- `precision_20`, `precision_50`: of the first residents proposed, how many are among the true
  best: persons who live in the city, in the first fifth of them by true value. True value is the
  true reach × the true weight of the theme; overall, of all themes together.
- `residents_20`, `residents_50`: of the first, how many truly live there.
- `visitors_50`, `namesakes_50`, `bought_50`, `pods_50`: how many of the first 50 are visitors,
  people of a namesake city, accounts with bought followers, members of an engagement pod.
- `newcomers_share_50`: of the residents among the first 50, the share who moved in lately.
- `auc_*`: chance that the score puts a true case above a false one; 0.5 is a coin.
"""

from __future__ import annotations

__all__ = ["main", "measure"]

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.quality_rankings import of_rankings
from benchmarks.quality_scores import Figures, Row, of_affinity, of_authors, of_posts
from benchmarks.world_city import load_world
from cities.folder import CityFolder
from demo.truth import read_truth
from scoring.run import score
from warehouse.connection import open_warehouse


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure a world and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--world", type=Path, required=True)
    world = parser.parse_args(arguments).world
    with tempfile.TemporaryDirectory() as home:
        for name, value in measure(world, CityFolder(Path(home) / "montreval")).items():
            print(f"{name} {value:.3f}")


def measure(world: Path, folder: CityFolder) -> Figures:
    """All figures of a world; the folder is filled with it."""
    score(folder, load_world(world, folder))
    truth = read_truth(world)
    with open_warehouse(folder, read_only=True) as connection:

        def rows(sql: str) -> list[Row]:
            found = connection.execute(sql)
            names = [column[0] for column in found.description or ()]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

        return {
            **of_posts(rows, truth),
            **of_authors(rows, truth),
            **of_affinity(rows, truth),
            **of_rankings(rows, truth),
        }


if __name__ == "__main__":
    main()
