"""People's rights over all stores: erasure, with its proof.

Each store offers `forget` and `holds`. Erasure blocks the author first, so that a night under way
cannot bring them back, then clears what is kept, then looks for them in every byte.
"""

from __future__ import annotations

__all__ = ["Proof", "erase", "needles_of"]

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cities.brief import Account
from cities.folder import CityFolder
from cities.handles import addresses_of
from cities.settings import Settings
from collectors import landing
from decisions import erasure as decided
from decisions.forms import well_formed
from outreach.errors import ErasureError
from warehouse import erasure as stored
from warehouse.needles import Needles

DISTINCTIVE_LENGTH = 8
DISTINCTIVE_MIXED_LENGTH = 4
OUTSIDE = (
    "backups made before this moment (portevoix backup): 30 days at most",
    "folders *.before-restore beside the home folder, left by portevoix restore",
    "exports, outputs of notebooks and printed lists taken out of the home folder",
    "letters and messages that people sent",
)


@dataclass(frozen=True, slots=True)
class Proof:
    """What was searched after an erasure, store by store, and what lies outside."""

    block_hash: str
    searched: tuple[tuple[str, int], ...]

    def lines(self) -> Iterator[str]:
        """The proof in words; it does not name the person."""
        yield f"Blocked for ever, known only by the keyed hash {self.block_hash}."
        for store, count in self.searched:
            yield f"{store}: {count} files searched, byte by byte and row by row: nothing found."
        yield "Outside of these stores, to be destroyed by hand:"
        yield from (f"- {place}" for place in OUTSIDE)


def needles_of(account: Account) -> tuple[str, ...]:
    """The forms in which the account is written; a bare name only where it is nobody's word.

    >>> needles_of(Account(platform="mastodon", author_id="lou_71@saone.example"))
    ('lou_71@saone.example', '@lou_71', 'lou_71')
    >>> needles_of(Account(platform="mastodon", author_id="marie@saone.example"))
    ('marie@saone.example', '@marie')
    >>> needles_of(Account(platform="mastodon", author_id="@2026@saone.example"))
    ('2026@saone.example', '@2026')
    """
    account = well_formed(account)
    user = account.author_id.partition("@")[0]
    full = [account.author_id] if "@" in account.author_id else []
    bare = [user] if _is_distinctive(user) else []
    return (*full, f"@{user}", *bare, *addresses_of(account.platform, user))


def _is_distinctive(user: str) -> bool:
    """Whether the bare name may be looked for: a number or a short word stands in every text."""
    shortest = DISTINCTIVE_LENGTH if user.isalpha() else DISTINCTIVE_MIXED_LENGTH
    return len(user) >= shortest and any(char.isalpha() for char in user)


def erase(
    folder: CityFolder, account: Account, *, settings: Settings, actor: str, at: datetime
) -> Proof:
    """Erase an author from every store of a city and block them.

    May be killed and run again. Raises `ErasureError` that names the files when something still
    holds the person, `MalformedError` for what is no account: nothing is touched then.
    """
    account = well_formed(account)
    needles = needles_of(account)
    mark = decided.forget(settings, folder, account, actor=actor, at=at)
    decided.forget_in_briefs(folder, account, settings=settings)
    landing.forget(folder, needles)
    stored.forget(folder, account.platform, account.author_id, needles=needles)
    _redact_logs(settings.home.airflow, needles)
    _refuse_remains(folder, settings, needles)
    return Proof(mark, tuple(_searched(folder, settings)))


def _redact_logs(airflow: Path, needles: tuple[str, ...]) -> None:
    """Logs hold no name by law of the house; a traceback of a library might."""
    wanted = Needles.of(needles)
    for path in _files(airflow / "logs"):
        text = path.read_text(encoding="utf-8", errors="surrogateescape")
        redacted = wanted.redact(text)
        if redacted != text:
            path.write_text(redacted, encoding="utf-8", errors="surrogateescape")


def _refuse_remains(folder: CityFolder, settings: Settings, needles: tuple[str, ...]) -> None:
    wanted = Needles.of(needles)
    remains = [
        *(entry for entry in decided.holds(settings, needles) if f"({folder.city_id})" in entry),
        *decided.holds_in_briefs(folder, needles),
        *landing.holds(folder, needles),
        *stored.holds(folder, needles),
        *(path for path in _files(settings.home.airflow) if _holds(path, wanted)),
    ]
    if remains:
        raise ErasureError(
            f"{folder.city_id}: still held in {', '.join(str(remain) for remain in remains)}; "
            "run the erasure again, and tell the operator if it stays"
        )


def _holds(path: Path, needles: Needles) -> bool:
    content = path.read_bytes()
    return needles.are_in_bytes(content) and needles.are_in(content.decode("utf-8", "replace"))


def _searched(folder: CityFolder, settings: Settings) -> Iterator[tuple[str, int]]:
    for name in ("landing", "state", "briefs", "snapshots"):
        yield name, len(list(_files(folder.root / name)))
    yield "imported files", len(landing.watched_files(folder.root))
    yield "warehouse", len(list(folder.root.glob("warehouse.duckdb*")))
    yield "decisions", len(list(settings.home.root.glob("decisions.db*")))
    yield "airflow (logs and metadata)", len(list(_files(settings.home.airflow)))


def _files(directory: Path) -> Iterator[Path]:
    return (path for path in sorted(directory.rglob("*")) if path.is_file())
