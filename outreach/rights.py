"""People's rights over all stores: erasure, with its proof.

Each store offers `forget` and `holds`. Erasure blocks the author first, so that a night under way
cannot bring them back, then clears what is kept, then looks for them in every byte.
"""

from __future__ import annotations

__all__ = ["Proof", "erase"]

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cities.brief import Account
from cities.folder import CityFolder
from cities.settings import Settings
from cities.traces import Traces
from collectors import landing
from decisions import erasure as decided
from decisions.forms import well_formed
from outreach.errors import ErasureError
from warehouse import erasure as stored

OUTSIDE = (
    "city.yaml, which a person writes: a blog that is erased leaves `sites` by hand",
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


def erase(
    folder: CityFolder, account: Account, *, settings: Settings, actor: str, at: datetime
) -> Proof:
    """Erase an author from every store of a city and block them.

    May be killed and run again. Raises `ErasureError` that names the files when something still
    holds the person, `MalformedError` for what is no account: nothing is touched then.
    """
    account = well_formed(account)
    traces = Traces.of(account)
    mark = decided.forget(settings, folder, account, actor=actor, at=at)
    decided.forget_in_briefs(folder, account, settings=settings)
    landing.forget(folder, account)
    stored.forget(folder, account)
    _redact_logs(settings.home.airflow, traces)
    _refuse_remains(folder, settings, account)
    return Proof(mark, tuple(_searched(folder, settings)))


def _redact_logs(airflow: Path, traces: Traces) -> None:
    """Logs hold no name by law of the house; a traceback of a library might."""
    for path in _files(airflow / "logs"):
        text = path.read_text(encoding="utf-8", errors="surrogateescape")
        redacted = traces.redacted(text)
        if redacted != text:
            path.write_text(redacted, encoding="utf-8", errors="surrogateescape")


def _refuse_remains(folder: CityFolder, settings: Settings, account: Account) -> None:
    traces = Traces.of(account)
    kept = decided.holds(settings, account)
    remains = [
        # Rows of this city, and files; another city erases its rows itself.
        *(entry for entry in kept if f"({folder.city_id})" in entry or "(" not in entry),
        *decided.holds_in_briefs(folder, account),
        *landing.holds(folder, account),
        *stored.holds(folder, account),
        *(path for path in _files(settings.home.airflow) if _holds(path, traces)),
    ]
    if remains:
        raise ErasureError(
            f"{folder.city_id}: still held in {', '.join(str(remain) for remain in remains)}; "
            "run the erasure again, and tell the operator if it stays"
        )


def _holds(path: Path, traces: Traces) -> bool:
    content = path.read_bytes()
    is_held = traces.are_in(content.decode("utf-8", "replace"))
    # In a database a short name stands by chance; in a text it does not.
    return is_held and (b"\0" not in content or traces.are_in_bytes(content))


def _searched(folder: CityFolder, settings: Settings) -> Iterator[tuple[str, int]]:
    for name in ("landing", "state", "briefs", "snapshots"):
        yield name, len(list(_files(folder.root / name)))
    yield "imported files", len(landing.watched_files(folder.root))
    yield "warehouse", len(list(folder.root.glob("warehouse.duckdb*")))
    yield "decisions", len(list(settings.home.root.glob("decisions.db*")))
    yield "airflow (logs and metadata)", len(list(_files(settings.home.airflow)))


def _files(directory: Path) -> Iterator[Path]:
    return (path for path in sorted(directory.rglob("*")) if path.is_file())
