"""The night's brief and the city's sources as tables, replaced whole."""

from __future__ import annotations

__all__ = ["Changes", "replace_brief", "replace_decided"]

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from cities.brief import Account, Brief
from cities.model import City
from cities.sources import use_of

Rows = list[tuple[object, ...]]
COUNT_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Changes:
    """What the night takes back: hashes blocked since the last load, whether a source is no more,
    and whether a permission to speak of persons is no more (a source's use, a linked account).
    """

    newly_blocked: tuple[str, ...]
    has_lost_source: bool
    has_lost_permission: bool

    @property
    def are_withdrawals(self) -> bool:
        """Whether older snapshots may show who may no longer be shown."""
        return bool(self.newly_blocked) or self.has_lost_permission


def replace_decided(connection: duckdb.DuckDBPyConnection, brief: Brief, city: City) -> Changes:
    """Put the brief's tables and the city's sources in the place of the last ones."""
    blocked = {row[0] for row in connection.execute("from brief_blocked").fetchall()}
    sources = {row[0] for row in connection.execute("select source_id from sources").fetchall()}
    permissions = _permissions(connection)
    replace_brief(connection, brief)
    _replace(connection, "sources", _sources(city))
    return Changes(
        newly_blocked=tuple(sorted(set(brief.blocked) - blocked)),
        has_lost_source=not sources <= {source.source_id for source in city.sources},
        has_lost_permission=not permissions <= _permissions(connection),
    )


def replace_brief(connection: duckdb.DuckDBPyConnection, brief: Brief) -> None:
    """Put the brief's tables in the place of the last ones."""
    for table, rows in _tables(brief).items():
        _replace(connection, table, rows)


def _permissions(connection: duckdb.DuckDBPyConnection) -> set[tuple[str, str]]:
    rows = connection.execute(
        "select platform, author_id from brief_accounts"
        " union all select source_id, use from sources where use in ('rank', 'members')"
    ).fetchall()
    return {(first, second) for first, second in rows}


def _sources(city: City) -> Rows:
    return [
        (source.source_id, source.platform, use_of(source), position)
        for position, source in enumerate(city.sources)
    ]


def _tables(brief: Brief) -> dict[str, Rows]:
    return {
        "brief_blocked": [(block_hash,) for block_hash in sorted(set(brief.blocked))],
        "brief_members": [
            (m.member_id, m.joined_at, m.is_resident, list(m.themes)) for m in brief.members
        ],
        "brief_accounts": [(m.member_id, *_key(a)) for m in brief.members for a in m.accounts],
        "brief_corrections": [
            (*_key(c.account), c.subject, c.value, c.decided_at) for c in brief.corrections
        ],
        "brief_contacts": [(*_key(c.account), c.contacted_at) for c in brief.contacts],
        "brief_occasions": [
            (
                *(o.occasion_id, o.kind, o.title, o.opening_id, o.trade, o.theme, o.on),
                *(o.project_id, o.activity, o.address, o.handle),
            )
            for o in brief.occasions
        ],
        "brief_settled": [(proposal_id,) for proposal_id in sorted(set(brief.settled))],
        "brief_invitations": [
            (i.invitation_id, i.occasion_id, *_key(i.account), i.state, i.changed_at, i.sent_at)
            for i in brief.invitations
        ],
        "brief_preferences": [
            (p.preference_id, is_preferred, *_key(account), p.theme, p.decided_at)
            for p in brief.preferences
            for is_preferred, account in ((True, p.preferred), (False, p.other))
        ],
        "brief_relays": [
            (r.relay_id, r.occasion_id, *_key(r.account), r.post_id, r.state, r.changed_at)
            for r in brief.relays
        ],
    }


def _key(account: Account) -> tuple[str, str]:
    return account.platform, account.author_id


def _replace(
    connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[tuple[object, ...]]
) -> None:
    connection.execute(f"delete from {table}")  # noqa: S608 - our own names
    # Many rows a statement: executemany takes 4 ms for each.
    for start in range(0, len(rows), COUNT_AT_ONCE):
        many = rows[start : start + COUNT_AT_ONCE]
        marks = ", ".join(f"({', '.join('?' for _ in row)})" for row in many)
        values = [value for row in many for value in row]
        connection.execute(f"insert into {table} values {marks}", values)  # noqa: S608 - our own names
