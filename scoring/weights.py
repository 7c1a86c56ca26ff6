"""Weights of the rankings, learnt from whom analysts would rather ask: proposed, never decided.

A preference of the brief is a pair of persons, for a theme or overall. Its difference is that of
the parts of their two scores in that ranking tonight (`ranking_places.parts_of`, the same numbers
that are ranked; what they were when it was said is not kept). The newest thousand count. From 50
such pairs on, weights are fitted as `learning.learnt` states it: pairwise logistic, ridge towards
the city's own weights, none below zero, the same total, cross-validated by person.

One row of `weight_proposals`, always: `too_few` pairs, `no_gain` (what is learnt does not foretell
unseen pairs better than the weights in use), or `proposed`. It is learnt anew when the preferences,
the city's own weights or those in use have changed, else kept as it was; who would enter and leave
the first (K = team size) of the overall ranking is told anew each night. Nothing here changes a
ranking: a person accepts a proposal, and the brief carries it.

Known failures: three weights cannot say all that an analyst sees (a text, a tone, a face), so the
share of pairs told rightly has a ceiling that nobody knows. Who says preferences of people that
they know teaches of those people.
"""

from __future__ import annotations

__all__ = ["score"]

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from cities.effective import LEAST_PREFERENCES, WEIGHTS
from cities.model import RankingRules
from scoring.learning.learnt import Share, learnt_weights
from scoring.learning.pairs import Said, pairs_of
from scoring.night import Night
from scoring.ranking_inputs import inputs_of, rules_of
from scoring.ranking_places import parts_of, places_of
from warehouse.sql_runner import run_sql

HERE = Path(__file__).parent
# Some seconds of learning; older words than these are of another time.
MOST_PREFERENCES = 1_000
DIGITS = 12
RULES = "1"  # another number: the same preferences are learnt from anew
Row = dict[str, Any]


def score(night: Night) -> None:
    """Rebuild `weight_proposals`, `weights` and `weight_moves`, and tell the run its weights."""
    found = run_sql(night.connection, HERE / "weights.sql", most=MOST_PREFERENCES).fetchall()
    said = [Said(*row[1:]) for row in found]
    taught_by = _fingerprint(RULES, [row[0] for row in found], _weights(night.own_ranking))
    proposal = _former(night, taught_by)
    is_asked = proposal["state"] == "proposed" if proposal else len(said) >= LEAST_PREFERENCES
    inputs = inputs_of(night) if is_asked else None
    if proposal is None:
        proposal = _learnt(night, said, inputs) | {"taught_by": taught_by}
        proposal["proposal_id"] = "w-" + _fingerprint(sorted(map(str, proposal.items())))
        proposal["as_of"] = night.as_of
    proposed = proposal.pop("weights")
    moves = _moves(night, inputs, proposed) if inputs is not None and proposed else []
    _replace(night, "weight_proposals", [proposal])
    _replace(night, "weights", _columns(night, proposed))
    _replace(night, "weight_moves", moves)
    night.connection.execute(
        "update score_runs set weights_from = ?, weights = ? where as_of = ?",
        [night.weights_from, _weights(night.city.ranking), night.as_of],
    )


def _former(night: Night, taught_by: str) -> Row | None:
    """The last proposal, where nothing has changed of what it was learnt from."""
    found = night.connection.execute(
        "select * from weight_proposals where taught_by = ? and state <> 'too_few'", [taught_by]
    )
    names = [column[0] for column in found.description or ()]
    row = found.fetchone()
    if row is None:
        return None
    former: Row = dict(zip(names, row, strict=True))
    before = night.connection.execute(
        "select now, proposed from weights order by position"
    ).fetchall()
    is_in_use = former["proposal_id"] == night.weights_from
    if not is_in_use and [now for now, _ in before] != _weights(night.city.ranking):
        return None
    is_proposed = former["state"] == "proposed"
    return former | {"weights": [proposed for _, proposed in before] if is_proposed else None}


def _learnt(night: Night, said: Sequence[Said], inputs: pa.Table | None) -> Row:
    parts = {} if inputs is None else {
        theme: _parts(_of_theme(inputs, theme)) for theme in sorted({one.theme for one in said})
    }  # fmt: skip
    pairs = pairs_of(said, ranked=parts)
    counts = {name: getattr(pairs, name) for name in pairs.__slots__ if name != "used"}
    told: Row = {**counts, "count_used": len(pairs.used), "count_wanted": LEAST_PREFERENCES}
    if len(pairs.used) < LEAST_PREFERENCES:
        return {**told, "state": "too_few", "weights": None}
    sides = [(str(pair.preferred_id), str(pair.other_id)) for pair in pairs.used]
    learnt = learnt_weights(
        np.array([
            parts[pair.theme][one] - parts[pair.theme][other]
            for pair, (one, other) in zip(pairs.used, sides, strict=True)
        ]),
        sides,
        city=np.array(_weights(night.own_ranking)),
        now=np.array(_weights(night.city.ranking)),
    )  # fmt: skip
    told |= {"strength": learnt.strength}
    for name in ("accuracy", "accuracy_now", "gain"):
        share: Share = getattr(learnt, name)
        told |= {name: share.value, f"{name}_low": share.low, f"{name}_high": share.high}
    if learnt.is_better:
        return {**told, "state": "proposed", "weights": list(learnt.weights)}
    return {**told, "state": "no_gain", "weights": None}


def _columns(night: Night, proposed: Sequence[float] | None) -> list[Row]:
    own, now = _weights(night.own_ranking), _weights(night.city.ranking)
    new: Sequence[float | None] = proposed or [None] * len(WEIGHTS)
    return [
        {"name": name, "position": at, "city": own[at], "now": now[at], "proposed": new[at]}
        for at, name in enumerate(WEIGHTS)
    ]


def _moves(night: Night, inputs: pa.Table, proposed: Sequence[float]) -> list[Row]:
    """Who is among the first of the overall ranking, by the weights in use or by these."""
    count_first = night.city.team.size
    before = dict(
        night.connection.execute(
            "select person_id, position from rankings where theme = ''"
        ).fetchall()
    )
    ranking = night.city.ranking.model_copy(update=dict(zip(WEIGHTS, proposed, strict=True)))
    placed = pa.concat_tables(places_of(_of_theme(inputs, ""), rules_of(ranking, best=count_first)))
    after = zip(placed["person_id"].to_pylist(), placed["position"].to_pylist(), strict=True)
    return [
        {"person_id": person, "before": before[person], "after": at, "count_first": count_first}
        for person, at in after
        if min(before[person], at) <= count_first
    ]


def _of_theme(inputs: pa.Table, theme: str) -> pa.Table:
    return inputs.filter(pc.equal(inputs["theme"], theme))


def _parts(rows: pa.Table) -> dict[str, npt.NDArray[np.float64]]:
    return dict(zip(rows["person_id"].to_pylist(), parts_of(rows), strict=True))


def _weights(rules: RankingRules) -> list[float]:
    return [float(getattr(rules, name)) for name in WEIGHTS]


def _replace(night: Night, table: str, rows: Sequence[Row]) -> None:
    night.connection.execute(f"delete from {table}")  # noqa: S608 - our own names
    for row in rows:
        marks = ", ".join(f"${name}" for name in row)
        night.connection.execute(
            f"insert into {table} ({', '.join(row)}) values ({marks})",  # noqa: S608 - our own names
            row,
        )


def _fingerprint(*said: object) -> str:
    return sha256(repr(said).encode()).hexdigest()[:DIGITS]
