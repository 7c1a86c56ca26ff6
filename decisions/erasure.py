"""Erasure: an author leaves the store and the briefs, but for the keyed hash with its date."""

from __future__ import annotations

__all__ = ["forget", "forget_in_briefs", "holds", "holds_in_briefs"]

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from sqlalchemy import ColumnElement, String, Table, func, or_, select, update
from sqlalchemy.orm import Session

from cities.blocking import block_hash
from cities.brief import Account, Brief, Occasion, read_brief
from cities.folder import CityFolder
from cities.handles import accounts_of, masked, pattern_of
from cities.settings import Settings
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
            content = canonical(_without(read_brief(path), account, mark))
            if content != path.read_bytes():
                replace_brief(path, content)
                count_changed += 1
    return count_changed


def holds(settings: Settings, needles: Iterable[str]) -> list[str]:
    """Where the store still holds one of the needles: `table.column (city)`, and files by bytes.

    A store serves several cities: another city's rows show here until that city erases them.
    """
    wanted = [needle.lower() for needle in needles if needle]
    with open_store(settings) as store, store.reading() as session:
        found = list(_rows_holding(session, wanted))
    path = sqlite_file(settings)
    beside = sorted(path.parent.glob(f"{path.name}*")) if path else []
    return found + [file.name for file in beside if _file_holds(file, wanted)]


def holds_in_briefs(folder: CityFolder, needles: Iterable[str]) -> list[Path]:
    """The files of the folder of briefs that hold one of the needles."""
    wanted = [needle.lower() for needle in needles if needle]
    files = sorted(path for path in folder.briefs.glob("*") if path.is_file())
    return [path for path in files if _file_holds(path, wanted)]


def _without(brief: Brief, account: Account, mark: str) -> Brief:
    return brief.model_copy(
        update={
            "blocked": tuple(sorted({*brief.blocked, mark})),
            "members": tuple(m for m in brief.members if account not in m.accounts),
            "corrections": tuple(c for c in brief.corrections if c.account != account),
            "contacts": tuple(c for c in brief.contacts if c.account != account),
            "invitations": tuple(i for i in brief.invitations if i.account != account),
            "relays": tuple(r for r in brief.relays if r.account != account),
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

    A short handle without its host is taken for the author's: in doubt it redacts.
    """
    who = (account.platform, account.author_id)
    home = account.author_id.partition("@")[2]

    def is_author(user: str, domain: str | None) -> bool:
        return who in accounts_of(user, domain, platform=account.platform, home=home)

    return masked(text, is_author)


def _rows_holding(session: Session, needles: list[str]) -> Iterator[str]:
    if not needles:
        return
    pattern = pattern_of(needles)
    for table in Base.metadata.tables.values():
        for column in table.columns:
            if isinstance(column.type, String):
                lowered = func.lower(column)
                near = or_(*(lowered.contains(needle, autoescape=True) for needle in needles))
                rows = session.execute(select(table.c.city_id, column).where(near)).all()
                # `@lou` is near in `@louise`, and is not held there.
                cities = {city for city, words in rows if pattern.search(words)}
                yield from (f"{table.name}.{column.name} ({city})" for city in sorted(cities))


def _file_holds(path: Path, needles: list[str]) -> bool:
    content = path.read_bytes().lower()
    return any(needle.encode() in content for needle in needles)
