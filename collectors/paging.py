"""What a source is: a declaration, and pages of records that it yields lazily."""

from __future__ import annotations

__all__ = [
    "Cursor",
    "Declaration",
    "Odd",
    "Page",
    "Probe",
    "Source",
    "describe",
    "sift",
]

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Protocol, Self, TypeVar

from pydantic import ValidationError

from cities.model import City
from cities.settings import Settings
from collectors.errors import PayloadError
from collectors.recent import Recent
from collectors.records import Base

Cursor = dict[str, Any]
Parsed = TypeVar("Parsed")


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a reader must know of a source before its code, each in a sentence."""

    platform: str
    key: str
    cursor: str
    second_run: str


@dataclass(frozen=True, slots=True)
class Odd:
    """One item that does not have the stated form: where it stood, and why. Never its content."""

    position: str
    cause: str


@dataclass(frozen=True, slots=True)
class Page:
    """Records that land together, and the cursor that is true once they are durable.

    `native_ids`: post_id → the id by which the platform gives that post again; only posts to be
    read back on later nights. `met`: native ids that this page asked for by name, so that tonight
    does not ask again. `count_opted_out`: items dropped because their author wants out; each such
    author is among the records as gone, and the run lands it when it knows the author.
    `is_to_keep_now`: the run makes this cursor durable before it asks for the next page, as a
    source must that has spent, or is about to spend, what cannot be spent twice. `note`: what the
    run must tell though it ends well, as a sentence that names the source: a budget that ended.
    """

    records: tuple[Base, ...]
    cursor: Cursor
    odd: tuple[Odd, ...] = ()
    native_ids: Mapping[str, str] = field(default_factory=dict)
    met: tuple[str, ...] = ()
    count_opted_out: int = 0
    is_to_keep_now: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Probe:
    """What a source answered to one small question.

    `quota_left`: requests left, None when it does not say. `sentence`: what else an operator
    should know (permission, spending, what to do), empty when nothing.
    """

    count_sample: int
    quota_left: int | None = None
    sentence: str = ""


class Source(Protocol):
    """One configured place to collect from. Raises only `CollectError`."""

    declaration: ClassVar[Declaration]

    @classmethod
    def open(cls, city: City, source: Any, settings: Settings) -> Self:
        """The source as the city file declares it (`source` is its part of the file)."""

    def pages(self, cursor: Cursor, recent: Recent, as_of: datetime) -> Iterator[Page]:
        """Go on from `cursor` (empty at first) to all that was published until `as_of`."""

    def probe(self, as_of: datetime) -> Probe:
        """Ask one small question, to learn whether the source works."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *error: object) -> None: ...


def sift(
    items: Iterable[Any], parse: Callable[[Any], Parsed], *, position: str
) -> tuple[list[Parsed], list[Odd]]:
    """Parse items one by one; an odd one is told and skipped, and never stops the others."""
    parsed: list[Parsed] = []
    odd: list[Odd] = []
    for number, item in enumerate(items, start=1):
        try:
            parsed.append(parse(item))
        except (ValidationError, PayloadError) as error:
            odd.append(Odd(f"{position}, item {number}", describe(error)))
    return parsed, odd


def describe(error: ValidationError | PayloadError) -> str:
    """Field and problem of an odd item, without its content."""
    if isinstance(error, PayloadError):
        return str(error)
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    name = ".".join(str(part) for part in first["loc"]) or "the item"
    return f"{name}: {first['msg']}"[:300]
