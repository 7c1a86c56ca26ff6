"""Weights learnt from preferences whose true weights are known: `benchmarks.preferences`.

Some invented analysts have hidden weights. Each says, of pairs drawn from half of the residents
that a demo world ranks (`--world DIR`; else of invented ones), whom they would rather ask, the less
surely the closer the two are. The weights learnt from that are tried on pairs of the other half.
Figures are means over analysts and draws:

- `pairs_accuracy`: share of unseen pairs told rightly by what is proposed (the city's weights where
  nothing is), after `--pairs` preferences; `pairs_accuracy_city`: by the city's weights;
  `pairs_accuracy_hidden`: by the analyst's own, which no weights can pass.
- `pairs_accuracy_told`: what the cross-validation itself told of `pairs_accuracy`.
- `proposed_share`: how often weights were proposed; `proposed_share_none`: to analysts who think as
  the city does, when none should be.
"""

from __future__ import annotations

__all__ = ["main"]

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.world_city import load_world
from cities.effective import WEIGHTS
from cities.folder import CityFolder
from cities.model import RankingRules
from scoring.learning.learnt import learnt_weights
from scoring.run import score
from warehouse.connection import open_warehouse

Numbers = npt.NDArray[np.float64]
CITY = np.array([getattr(RankingRules(), name) for name in WEIGHTS])
ANALYSTS = np.array([[0.2, 0.7, 0.1], [0.1, 0.1, 0.8], [0.3, 0.5, 0.2], [0.8, 0.1, 0.1]])
SHARPNESS, DRAWS, COUNT_TRIED = 15.0, 5, 2_000
COUNT_INVENTED = 200


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--world", type=Path)
    parser.add_argument("--pairs", type=int, default=100)
    parser.add_argument("--draws", type=int, default=DRAWS)
    asked = parser.parse_args(arguments)
    parts = _of_world(asked.world) if asked.world else _invented()
    rows = [
        _tried(parts, hidden, count=asked.pairs, seed=seed)
        for hidden in ANALYSTS
        for seed in range(asked.draws)
    ]
    names = ("", "_city", "_hidden", "_told")
    figures = dict(zip((f"pairs_accuracy{n}" for n in names), np.mean(rows, axis=0), strict=False))
    figures["proposed_share"] = np.mean([row[-1] for row in rows])
    alike = [_tried(parts, CITY, count=asked.pairs, seed=seed)[-1] for seed in range(asked.draws)]
    figures["proposed_share_none"] = np.mean(alike)
    for name, value in figures.items():
        print(f"{name} {value:.4f}")


def _tried(
    parts: Numbers, hidden: Numbers, *, count: int, seed: int
) -> tuple[float, float, float, float, float]:
    rng = np.random.default_rng(seed)
    people = rng.permutation(len(parts))
    known, unknown = people[: len(parts) // 2], people[len(parts) // 2 :]
    apart, ends = _said(parts, known, hidden, count=count, rng=rng)
    sides = [(f"p{one}", f"p{other}") for one, other in ends]
    learnt = learnt_weights(apart, sides, city=CITY, now=CITY)
    unseen, _ = _said(parts, unknown, hidden, count=COUNT_TRIED, rng=rng)
    used = np.array(learnt.weights) if learnt.is_better else CITY
    right = [float(np.mean(unseen @ weights > 0)) for weights in (used, CITY, hidden)]
    told = learnt.accuracy if learnt.is_better else learnt.accuracy_now
    return right[0], right[1], right[2], told.value, float(learnt.is_better)


def _said(
    parts: Numbers,
    people: npt.NDArray[np.intp],
    hidden: Numbers,
    *,
    count: int,
    rng: np.random.Generator,
) -> tuple[Numbers, npt.NDArray[np.intp]]:
    """Differences of pairs, preferred minus other, and who they are."""
    ends = np.array([rng.choice(people, 2, replace=False) for _ in range(count)])
    apart = parts[ends[:, 0]] - parts[ends[:, 1]]
    is_turned = rng.random(count) > 1 / (1 + np.exp(-SHARPNESS * apart @ hidden))
    apart[is_turned] *= -1
    ends[is_turned] = ends[is_turned][:, ::-1]
    return apart, ends


def _invented() -> Numbers:
    rng = np.random.default_rng(0)
    sure = rng.uniform(0.5, 1, (COUNT_INVENTED, 1))
    return np.asarray(rng.uniform(0, 1, (COUNT_INVENTED, len(CITY))) * sure)


def _of_world(world: Path) -> Numbers:
    """The parts of the overall places, out of their evidence: a clue is a part times its weight."""
    with tempfile.TemporaryDirectory() as home:
        folder = CityFolder(Path(home) / "montreval")
        score(folder, load_world(world, folder))
        with open_warehouse(folder, read_only=True) as connection:
            rows = connection.execute(
                "select evidence from rankings where theme = '' order by person_id"
            ).fetchall()
    clues = [{clue["name"]: clue["contribution"] for clue in evidence} for (evidence,) in rows]
    plain = np.array([[clue[name] for name in WEIGHTS] for clue in clues]).reshape(-1, len(CITY))
    total = plain.sum(axis=1)
    sure = 1 + np.array([clue["doubt"] for clue in clues]) / np.where(total > 0, total, 1)
    return np.asarray(plain / CITY * CITY.sum() * sure[:, None])


if __name__ == "__main__":
    main()
