"""The night's brief and the city's sources as tables, replaced whole."""

from __future__ import annotations

__all__ = ["replace_brief", "replace_sources"]

from collections.abc import Sequence

import duckdb

from cities.brief import Account, Brief
from cities.model import City, use_of

Rows = list[tuple[object, ...]]


def replace_brief(connection: duckdb.DuckDBPyConnection, brief: Brief) -> tuple[str, ...]:
    """Put the brief's tables in the place of the last ones; returns hashes blocked since then."""
    before = {row[0] for row in connection.execute("from brief_blocked").fetchall()}
    for table, rows in _tables(brief).items():
        _replace(connection, table, rows)
    return tuple(sorted(set(brief.blocked) - before))


def replace_sources(connection: duckdb.DuckDBPyConnection, city: City) -> bool:
    """Put the city's sources in the place of the last ones; whether one of those is no more."""
    before = {row[0] for row in connection.execute("select source_id from sources").fetchall()}
    rows: Rows = [
        (source.source_id, source.platform, use_of(source), position)
        for position, source in enumerate(city.sources)
    ]
    _replace(connection, "sources", rows)
    return not before <= {source.source_id for source in city.sources}


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
            (o.occasion_id, o.kind, o.title, o.opening_id, o.trade, o.theme, o.on)
            for o in brief.occasions
        ],
        "brief_invitations": [
            (i.invitation_id, i.occasion_id, *_key(i.account), i.state, i.changed_at)
            for i in brief.invitations
        ],
    }


def _key(account: Account) -> tuple[str, str]:
    return account.platform, account.author_id


def _replace(
    connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[tuple[object, ...]]
) -> None:
    connection.execute(f"delete from {table}")  # noqa: S608 - our own names
    if rows:
        marks = ", ".join("?" for _ in rows[0])
        connection.executemany(f"insert into {table} values ({marks})", rows)  # noqa: S608 - our own names
