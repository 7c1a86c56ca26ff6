"""Preferences and weights as a page tells them: pairs to compare, bars, who would move."""

from __future__ import annotations

__all__ = ["account_of", "pair_to_compare", "said_of", "weights_of"]

from collections.abc import Collection, Sequence
from hashlib import sha256
from itertools import combinations

from cities.brief import Account, Preference
from decisions.forms import AUTHOR_FORMS
from review.drawing import part_of
from review.snapshot import Row
from review.visit import Visit

COUNT_COMPARED = 36
# People further apart than this are compared rarely: nobody wonders.
MOST_APART = 18
Pair = frozenset[str]


def account_of(person: Row) -> Account:
    """The account that stands for a resident: the one that most people follow.

    Of the platforms on which an account can be named by hand, where they have one.
    """
    accounts = person["accounts"]
    first = next((one for one in accounts if one["platform"] in AUTHOR_FORMS), accounts[0])
    return Account(platform=first["platform"], author_id=first["author_id"])


def said_of(visit: Visit, preferences: Sequence[Preference]) -> list[Row]:
    """Preferences with the persons of both sides; None for who is not shown any more."""
    both = [side for one in preferences for side in (one.preferred, one.other)]
    rows = visit.person_rows("people", author_ids=sorted({side.author_id for side in both}))
    people = {
        Account(platform=account["platform"], author_id=account["author_id"]): row
        for row in rows
        for account in row["accounts"]
    }
    return [
        {
            "preference_id": one.preference_id,
            "theme": one.theme,
            "decided_at": one.decided_at,
            "preferred": people.get(one.preferred),
            "other": people.get(one.other),
        }
        for one in preferences
    ]


def pair_to_compare(
    people: Sequence[Row], done: Collection[Pair], *, skip: int
) -> tuple[Row, Row] | None:
    """Two of these residents of whom nothing is said yet; `skip` of them later, another pair.

    Their order comes by a lot, not by rank: the first is no better than the second.
    """
    left = [
        (one, other)
        for (at, one), (then, other) in combinations(enumerate(people), 2)
        if then - at <= MOST_APART and frozenset((one["person_id"], other["person_id"])) not in done
    ]
    if not left:
        return None
    left.sort(key=lambda pair: _lot(*pair))
    one, other = left[skip % len(left)]
    return (one, other) if int(_lot(one, other), 16) % 2 else (other, one)


def weights_of(rows: Sequence[Row]) -> list[Row]:
    """Weights as shares of their sum, with bars; `change` is in points."""
    sums = {name: sum(row[name] or 0 for row in rows) or 1 for name in ("city", "now", "proposed")}
    told = []
    for row in rows:
        shares = {name: (row[name] or 0) / sums[name] for name in sums}
        parts = {f"{name}_part": part_of(share, largest=1) for name, share in shares.items()}
        change = 100 * (shares["proposed"] - shares["now"])
        told.append({"name": row["name"], "change": change, **shares, **parts})
    return told


def _lot(one: Row, other: Row) -> str:
    return sha256(f"{one['person_id']}:{other['person_id']}".encode()).hexdigest()
