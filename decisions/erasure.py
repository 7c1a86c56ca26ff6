"""Erasure: an author leaves the store and the briefs, but for the keyed hash with its date."""

from __future__ import annotations

__all__ = ["forget", "forget_in_briefs", "holds", "holds_in_briefs"]

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sqlalchemy import ColumnElement, String, Table, func, select, update
from sqlalchemy.orm import Session

from cities.blocking import block_hash
from cities.brief import Account, Brief, Occasion, read_brief
from cities.errors import PortevoixError
from cities.folder import CityFolder
from cities.settings import Settings
from cities.traces import Traces
from decisions.brief import canonical, locked, replace_brief
from decisions.forms import well_formed
from decisions.models import Base
from decisions.objections import block
from decisions.store import open_store, sqlite_file


def forget(
    settings: Settings, folder: CityFolder, account: Account, *, actor: str, at: datetime
) -> str:
    """Delete every row of the city that names the author, and block them; returns the block hash.

    Words typed by people (a title, an actor's name) lose the handle. SQLite's file is rebuilt, so
    that no byte of it stays. May be run again after a kill. Raises `DecisionError`.
    """
    account = well_formed(account)
    with open_store(settings) as store:
        with store.act(folder.city_id, actor=actor, at=at) as act:
            mark = block(act, account, kind="author_erased")
            act.session.flush()
            _redact_rows(act.session, folder.city_id, account)
        store.compact()
    return mark


def forget_in_briefs(folder: CityFolder, account: Account, *, settings: Settings) -> int:
    """Rewrite the city's briefs without the author; returns how many changed.

    Each brief gets the block hash too: a night that is run again must not bring the author back.
    Call it after `forget`, so that no brief under way can still name them.
    """
    if not folder.briefs.is_dir():
        return 0
    account = well_formed(account)
    mark = block_hash(settings.block_key(), account.platform, account.author_id)
    count_changed = 0
    with locked(folder.briefs):
        for draft in folder.briefs.glob(".*.json"):
            draft.unlink()
        for path in sorted(folder.briefs.glob("*.json")):
            brief = _without(read_brief(path), account)
            blocked = tuple(sorted({*brief.blocked, mark}))
            content = canonical(brief.model_copy(update={"blocked": blocked}))
            if content != path.read_bytes():
                replace_brief(path, content)
                count_changed += 1
    return count_changed


def holds(settings: Settings, account: Account) -> list[str]:
    """Where the store still holds the account: `table.column (city)`, and files by bytes.

    A store serves several cities: another city's rows show here until that city erases them. In
    bytes the written forms are looked for, but those that rows of others hold.
    """
    traces = Traces.of(well_formed(account))
    with open_store(settings) as store, store.reading() as session:
        found = list(_rows_holding(session, traces))
        others = list(_forms_in_rows(session, traces))
    path = sqlite_file(settings)
    beside = sorted(path.parent.glob(f"{path.name}*")) if path else []
    held = [file for file in beside if traces.are_in_bytes(file.read_bytes(), but=others)]
    return found + [file.name for file in held]


def holds_in_briefs(folder: CityFolder, account: Account) -> list[Path]:
    """The files of the folder of briefs that name the account, or are no brief and hold it."""
    traces = Traces.of(well_formed(account))
    files = sorted(path for path in folder.briefs.glob("*") if path.is_file())
    return [path for path in files if _brief_holds(path, traces)]


def _brief_holds(path: Path, traces: Traces) -> bool:
    try:
        brief = read_brief(path)
    except PortevoixError:
        return traces.are_in_bytes(path.read_bytes())
    account = Account(platform=traces.platform, author_id=traces.author_id)
    return _without(brief, account) != brief


def _without(brief: Brief, account: Account) -> Brief:
    return brief.model_copy(
        update={
            "members": tuple(m for m in brief.members if account not in m.accounts),
            "corrections": tuple(c for c in brief.corrections if c.account != account),
            "contacts": tuple(c for c in brief.contacts if c.account != account),
            "invitations": tuple(i for i in brief.invitations if i.account != account),
            "relays": tuple(r for r in brief.relays if r.account != account),
            "preferences": tuple(
                p for p in brief.preferences if account not in (p.preferred, p.other)
            ),
            "occasions": tuple(_redacted_occasion(o, account) for o in brief.occasions),
        }
    )


def _redacted_occasion(occasion: Occasion, account: Account) -> Occasion:
    said = {name: getattr(occasion, name) for name in ("title", "address", "handle")}
    return occasion.model_copy(
        update={name: text and _redacted(text, account) for name, text in said.items()}
    )


def _redact_rows(session: Session, city_id: str, account: Account) -> None:
    for table in Base.metadata.tables.values():
        key = tuple(table.primary_key)
        for column in _words(table):
            rows = session.execute(
                select(*key, column).where(table.c.city_id == city_id, column.is_not(None))
            ).all()
            for *values, text in rows:
                redacted = _redacted(text, account)
                if redacted != text:
                    is_row = [part == value for part, value in zip(key, values, strict=True)]
                    session.execute(update(table).where(*is_row).values({column.name: redacted}))


def _words(table: Table) -> list[ColumnElement[str]]:
    return [column for column in table.columns if column.info.get("is_free_text")]


def _redacted(text: str, account: Account) -> str:
    """The text without the author's handle, in full or short; of a user's name at another host not.

    People who type it do not say the platform: a short handle is taken for the author's.
    """
    return Traces.of(account).redacted(text)


def _rows_holding(session: Session, traces: Traces) -> Iterator[str]:
    for table in Base.metadata.tables.values():
        if {"platform", "author_id"} <= set(table.columns.keys()):
            own = (table.c.platform == traces.platform, table.c.author_id == traces.author_id)
            owners = set(session.scalars(select(table.c.city_id).where(*own)))
            yield from (f"{table.name}.author_id ({city})" for city in sorted(owners))
        for column in _texts(table):
            near = func.lower(column).contains(traces.name, autoescape=True)
            rows = session.execute(select(table.c.city_id, column).where(near)).all()
            # `@lou` is near in `@louise`, and is not held there.
            cities = {city for city, words in rows if traces.are_in(words)}
            yield from (f"{table.name}.{column.name} ({city})" for city in sorted(cities))


def _forms_in_rows(session: Session, traces: Traces) -> Iterator[str]:
    """The forms that stand in any row, as a part of a word or in the words of another platform."""
    for form in traces.forms:
        held = (
            session.execute(
                select(column).where(func.lower(column).contains(form, autoescape=True)).limit(1)
            ).first()
            for table in Base.metadata.tables.values()
            for column in _texts(table, but=())
        )
        if any(held):
            yield form


def _texts(
    table: Table, *, but: tuple[str, ...] = ("platform", "author_id")
) -> Iterator[ColumnElement[str]]:
    columns = (column for column in table.columns if column.name not in but)
    return (column for column in columns if isinstance(column.type, String))
