"""The order in which the team's rules give way is the one that the analyst's guide publishes."""

from __future__ import annotations

import re

from outreach.constraints import RELAXED_FIRST
from tests.constants import ROOT

# The rule of the city file by which each constraint is set; a theme has none.
RULES = {
    "platform_most": "`platform_share_max`",
    "platform_least": "`platform_share`",
    "middle_accounts": "`middle_accounts_share`",
    "large_accounts": "`large_accounts_share_max`",
    "small_accounts": "`small_accounts_share`",
    "newcomers": "`newcomers_share`",
    "theme": "each theme",
    "size": "`size`",
}


def test_the_guide_says_the_order_of_relaxation() -> None:
    guide = (ROOT / "docs" / "analyst.md").read_text(encoding="utf-8")
    lines = re.findall(r"^\d\. (.+)$", guide, re.MULTILINE)
    assert len(lines) == len(RELAXED_FIRST)
    assert [RULES[code] in line for code, line in zip(RELAXED_FIRST, lines, strict=True)] == [
        True
    ] * len(lines)
