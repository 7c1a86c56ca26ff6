"""Names of those who objected, taken out of other people's words at the moment of showing.

The next night does it in what is stored; an objection does not wait for it. Of the objector only
keyed hashes are known, so each account that a text names is hashed and looked up.
"""

from __future__ import annotations

__all__ = ["Masking"]

from collections.abc import Collection, Iterable
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


class Masking:
    """Masks the accounts that the block list names, in rows of one snapshot."""

    def __init__(
        self, snapshot: Snapshot, city: City, *, blocked: Collection[str], key: str
    ) -> None:
        self._snapshot = snapshot
        self._city = city
        self._blocked = frozenset(blocked)
        self._key = key
        self._known: dict[str, bool] = {}

    def rows(self, rows: list[Row]) -> list[Row]:
        """The rows without hidden names; a post that holds one loses its link too."""
        return [self._row(row) for row in rows] if self._blocked else rows

    def _row(self, row: Row) -> Row:
        homes = frozenset(_homes(row))
        shown = {name: self._value(name, value, homes) for name, value in row.items()}
        if "url" in row and shown.get("text") != row.get("text"):
            shown["url"] = None
        return shown

    def _value(self, name: str, value: Any, homes: frozenset[str]) -> Any:
        if name in TEXTS and isinstance(value, str):
            return masked(value, lambda user, domain: self._is_hidden(user, domain, homes))
        if name in LISTS and value:
            return [{n: self._value(n, v, homes) for n, v in part.items()} for part in value]
        return value

    def _is_hidden(self, user: str, domain: str | None, homes: frozenset[str]) -> bool:
        if domain:
            found = accounts_of(user, domain, platform="mastodon")
            return any(self._is_blocked(author_id) for _, author_id in found)
        # A server shows a neighbour, and often a stranger too, without the domain; on X and
        # Instagram nobody has one.
        if user in self._hidden_users or self._is_blocked(user):
            return True
        return any(self._is_blocked(f"{user}@{host}") for host in homes | self._hosts)

    def _is_blocked(self, author_id: str) -> bool:
        if author_id not in self._known:
            hashes = {block_hash(self._key, platform, author_id) for platform in AUTHOR_FORMS}
            self._known[author_id] = author_id in self._hidden or not hashes.isdisjoint(
                self._blocked
            )
        return self._known[author_id]

    @cached_property
    def _hidden(self) -> frozenset[str]:
        """All accounts of residents of whom one account is blocked: they left as a person."""
        rows = self._snapshot.rows("hidden_accounts", blocked=sorted(self._blocked))
        return frozenset(row["author_id"] for row in rows)

    @cached_property
    def _hidden_users(self) -> frozenset[str]:
        return frozenset(author_id.partition("@")[0] for author_id in self._hidden)

    @cached_property
    def _hosts(self) -> frozenset[str]:
        """Where an account without a domain may live: the city's instances, the usual hosts."""
        rows = self._snapshot.rows("hosts", blocked=sorted(self._blocked))
        instances = (s.instance for s in self._city.sources if isinstance(s, MastodonSource))
        return frozenset((*(row["host"] for row in rows), *instances))


def _homes(row: Row) -> Iterable[str]:
    """The hosts of the accounts whose row this is."""
    accounts = [row, *(row.get("accounts") or ())]
    hosts = (str(account.get("author_id") or "").partition("@")[2] for account in accounts)
    return (host for host in hosts if host)
