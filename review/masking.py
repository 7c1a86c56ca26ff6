"""Names of those who objected, taken out of other people's words at the moment of showing.

The next night does it in what is stored; an objection does not wait for it. Of the objector only
keyed hashes are known, so each account that a text names is hashed and looked up.
"""

from __future__ import annotations

__all__ = ["Masking"]

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cities.blocking import block_hash
from cities.handles import accounts_of, masked
from cities.model import City
from cities.sources import MastodonSource
from decisions.forms import AUTHOR_FORMS
from review.snapshot import Row, Snapshot

# Words that people wrote, or that quote them; names of accounts and ids are the row's own.
TEXTS = frozenset((
    "text", "bio", "display_name", "declared_location", "title", "detail", "address", "handle",
))  # fmt: skip
LISTS = frozenset(("evidence", "reasons"))
Key = tuple[str, str]
ALL_PLATFORMS = frozenset(AUTHOR_FORMS)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where words stand: the platforms that they may be of, the servers of their authors."""

    platforms: frozenset[str]
    homes: frozenset[str]


class Masking:
    """Masks the accounts that the block list names, in rows of one snapshot."""

    def __init__(
        self, snapshot: Snapshot, city: City, *, blocked: Collection[str], key: str
    ) -> None:
        self._snapshot = snapshot
        self._city = city
        self._blocked = frozenset(blocked)
        self._key = key
        self._known: dict[Key, bool] = {}

    def rows(self, rows: list[Row]) -> list[Row]:
        """The rows without hidden names; a post that holds one loses its link too."""
        return [self._row(row) for row in rows] if self._blocked else rows

    def _row(self, row: Row) -> Row:
        place = _Place(frozenset(_platforms(row)) or ALL_PLATFORMS, frozenset(_homes(row)))
        shown = {name: self._value(name, value, place) for name, value in row.items()}
        if "url" in row and shown.get("text") != row.get("text"):
            shown["url"] = None
        return shown

    def _value(self, name: str, value: Any, place: _Place) -> Any:
        if name in TEXTS and isinstance(value, str):
            return masked(value, lambda user, domain: self._is_hidden(user, domain, place))
        if name in LISTS and value:
            return [{n: self._value(n, v, place) for n, v in part.items()} for part in value]
        return value

    def _is_hidden(self, user: str, domain: str | None, place: _Place) -> bool:
        if domain:
            return any(map(self._is_blocked, accounts_of(user, domain, platform="")))
        if any((platform, user) in self._hidden_users for platform in place.platforms):
            return True
        named = (key for p in place.platforms for key in accounts_of(user, None, platform=p))
        if any(map(self._is_blocked, named)):
            return True
        # A server shows a neighbour, and often a stranger too, without the domain.
        hosts = place.homes | self._hosts if "mastodon" in place.platforms else ()
        return any(self._is_blocked(("mastodon", f"{user}@{host}")) for host in hosts)

    def _is_blocked(self, key: Key) -> bool:
        if key not in self._known:
            mark = block_hash(self._key, *key)
            self._known[key] = key in self._hidden or mark in self._blocked
        return self._known[key]

    @cached_property
    def _hidden(self) -> frozenset[Key]:
        """All accounts of residents of whom one account is blocked: they left as a person."""
        rows = self._snapshot.rows("hidden_accounts", blocked=sorted(self._blocked))
        return frozenset((row["platform"], row["author_id"]) for row in rows)

    @cached_property
    def _hidden_users(self) -> frozenset[Key]:
        return frozenset((platform, name.partition("@")[0]) for platform, name in self._hidden)

    @cached_property
    def _hosts(self) -> frozenset[str]:
        """Where an account without a domain may live: the city's instances, the usual hosts."""
        rows = self._snapshot.rows("hosts", blocked=sorted(self._blocked))
        instances = (s.instance for s in self._city.sources if isinstance(s, MastodonSource))
        return frozenset((*(row["host"] for row in rows), *instances))


def _platforms(row: Row) -> Iterable[str]:
    """The platforms of a row's words: its own, else those of the person whose row it is."""
    if row.get("platform"):
        return (str(row["platform"]),)
    return (str(account["platform"]) for account in row.get("accounts") or ())


def _homes(row: Row) -> Iterable[str]:
    """The hosts of the accounts whose row this is."""
    accounts = [row, *(row.get("accounts") or ())]
    hosts = (str(account.get("author_id") or "").partition("@")[2] for account in accounts)
    return (host for host in hosts if host)
