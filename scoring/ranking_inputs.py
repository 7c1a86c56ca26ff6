"""What the rankings of a night weigh, person by person: read once there are `candidates`."""

from __future__ import annotations

__all__ = ["inputs_of", "rules_of"]

from pathlib import Path

import pyarrow as pa

from cities.model import RankingRules
from scoring.night import Night
from scoring.ranking_places import Rules
from warehouse.sql_runner import run_sql

HERE = Path(__file__).parent
MIN_THEME_MENTIONS = 2.0
PRIOR_MENTIONS = 8.0


def inputs_of(night: Night) -> pa.Table:
    """The rows of `inputs.sql`; `ranking.score` has made the candidates before."""
    return run_sql(
        night.connection,
        HERE / "inputs.sql",
        least_mentions=MIN_THEME_MENTIONS,
        prior=PRIOR_MENTIONS,
    ).to_arrow_table()


def rules_of(rules: RankingRules, *, best: int) -> Rules:
    """The city's weights, made to sum to 1, and the other rules of places."""
    total = rules.reach + rules.affinity + rules.regularity
    return Rules(
        reach=rules.reach / total,
        affinity=rules.affinity / total,
        regularity=rules.regularity / total,
        best=best,
        kept_share=rules.newcomers_share,
    )
