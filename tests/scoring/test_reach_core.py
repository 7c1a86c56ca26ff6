"""The core of reach: antisymmetric, monotone, whole whatever is missing."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.reach import COLUMNS, main, read_pairs
from scoring.reach_core import EFFORTS, INPUTS, ReachCore, rows

AMOUNT = st.one_of(st.none(), st.floats(), st.floats(0, 1e9))
ACCOUNT = st.fixed_dictionaries(dict.fromkeys(INPUTS, AMOUNT))


@settings(max_examples=100, deadline=None)
@given(first=ACCOUNT, second=ACCOUNT)
def test_swapping_turns_the_probability(
    first: dict[str, float | None], second: dict[str, float | None]
) -> None:
    core = ReachCore.shipped()
    forth = core.win(rows([first]), rows([second])).item()
    back = core.win(rows([second]), rows([first])).item()
    assert 0 <= forth <= 1
    assert forth + back == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize("name", INPUTS)
def test_each_input_moves_it_one_way_whatever_is_missing(name: str) -> None:
    core = ReachCore.shipped()
    rng = np.random.default_rng(7)
    others = [other for other in INPUTS if other != name]
    ladder = np.concatenate([[0], np.geomspace(0.1, 1e8, 40)])
    for shown in product((True, False), repeat=len(others)):
        base = dict.fromkeys(INPUTS, np.nan)
        base |= {o: 10 ** rng.uniform(-1, 6) for o, s in zip(others, shown, strict=True) if s}
        strengths = core.strength(rows([base | {name: float(step)} for step in ladder]))
        steps = np.diff(strengths) * (-1 if name in EFFORTS else 1)
        assert steps.min() >= -1e-9


def test_an_account_that_tells_nothing_is_average() -> None:
    core = ReachCore.shipped()
    nothing, negative = core.strength(rows([{}, dict.fromkeys(INPUTS, -1.0)]))
    assert nothing == negative
    assert np.isfinite(nothing)


def test_a_small_file_is_judged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = [f"{side}_{column}" for side in "AB" for column in COLUMNS.values()]
    lines = [",".join(["Choice", *names])]
    for choice, many in ((1, 5_000), (0, 3), (1, 900)):
        figures = [str(many)] * len(COLUMNS) + ["50"] * len(COLUMNS)
        lines.append(",".join([str(choice), *figures]))
    path = tmp_path / "pairs.csv"
    path.write_text("\n".join([*lines, "1" + "," * len(names)]) + "\n", encoding="utf-8")
    assert len(read_pairs(path).choice) == 4
    main(["--pairs", str(path)])
    found = dict(line.split() for line in capsys.readouterr().out.splitlines())
    assert {"auc", "auc_with_extra_columns", "auc_by_followers"} <= set(found)
    assert float(found["swap_error"]) <= 1e-9
