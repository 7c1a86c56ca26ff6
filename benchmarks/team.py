"""How long the team takes to choose: `python -m benchmarks.team`.

`team_seconds_5000`: among 5,000 candidates on four platforms with one to three of 14 themes each,
all demands of the default city file. `team_seconds_5000_clash`: the same with demands that cannot
all hold. `team_seconds_500` is the baseline.
"""

from __future__ import annotations

__all__ = ["candidates", "main"]

import time

import numpy as np

from cities.model import TeamRules
from outreach.candidates import NEVER_DAYS, Candidates
from outreach.team import choose_team

THEMES = tuple(f"theme-{number}" for number in range(14))
PLATFORMS = ("mastodon", "x", "instagram", "blog")
CLASH = TeamRules(newcomers_share=0.9, small_accounts_share=0.9, large_accounts_share_max=0.0,
                  platform_share=0.25, platform_share_max=0.25)  # fmt: skip


def candidates(count: int, *, seed: int = 78) -> Candidates:
    """Invented candidates; audiences are heavy-tailed, few were contacted."""
    rng = np.random.default_rng(seed)
    strength = np.zeros((count, len(THEMES)))
    for row in range(count):
        owned = rng.choice(len(THEMES), size=int(rng.integers(1, 4)), replace=False)
        strength[row, owned] = rng.beta(1.2, 2.0, len(owned))
    rested = np.where(rng.random(count) < 0.3, rng.integers(0, 200, count), NEVER_DAYS)
    return Candidates(
        person_ids=tuple(f"p{number:06d}" for number in range(count)),
        themes=THEMES,
        score=rng.beta(2.0, 3.0, count),
        reach=rng.pareto(1.5, count) * 100,
        audience=np.round(rng.pareto(1.2, count) * 300),
        rested_days=rested.astype(float),
        is_member=rng.random(count) < 0.1,
        strength=strength / strength.max(axis=0),
        platform=tuple(rng.choice(PLATFORMS, count).tolist()),
        is_excluded=rng.random(count) < 0.02,
    )


def main() -> None:
    """Print the figures."""
    for name, count, rules in (
        ("team_seconds_500", 500, TeamRules()),
        ("team_seconds_5000", 5_000, TeamRules()),
        ("team_seconds_5000_clash", 5_000, CLASH),
    ):
        people = candidates(count)
        start = time.perf_counter()
        team = choose_team(people, rules, seed=78)
        seconds = time.perf_counter() - start
        given_up = sum(constraint.is_relaxed for constraint in team.constraints)
        print(f"{name} {seconds:.2f}")
        print(f"{name.replace('seconds', 'given_up')} {given_up}")


if __name__ == "__main__":
    main()
