"""The files of a city's watched folder, each read once."""

from __future__ import annotations

__all__ = ["ImportedFiles", "refused_platforms"]

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import ClassVar, Self

from pydantic import AwareDatetime, BaseModel, Field, ValidationError

from cities.model import City
from cities.settings import Settings
from cities.sources import GUARDED_PLATFORMS, ImportSource
from collectors.errors import CollectError, PayloadError, RefusedError
from collectors.paging import Cursor, Declaration, Odd, Page, Probe, describe
from collectors.recent import Recent
from collectors.records import Base, Gone
from collectors.sources.imports.maps import read_map
from collectors.sources.imports.plan import Map
from collectors.sources.imports.reading import Row, open_rows
from collectors.sources.imports.records import Found, Maker
from collectors.sources.imports.watched import Export, exports, settled

ROWS_A_PAGE = 1000


class Read(BaseModel):
    """A file that was read to its end: its bytes, its fingerprint, the night that did it."""

    size: int
    digest: str
    read_at: AwareDatetime


class Place(BaseModel):
    """How far a file was read: rows so far, and the share of its bytes (for those who wait)."""

    name: str
    digest: str
    rows: int = 0
    share: float = 0.0


class Shelf(BaseModel):
    """The cursor: the files that were read, and the place in the one under way."""

    read: dict[str, Read] = Field(default_factory=dict)
    place: Place | None = None


def refused_platforms(source: ImportSource) -> Mapping[str, str]:
    """Platforms of which this source may take no row, and why."""
    if source.use != "rank" or source.agreement is not None:
        return {}
    return {
        platform: f"platform: {platform} permits rank only under a written agreement; name it in "
        "agreement (title, permits: rank), or import under a source with use: listen"
        for platform in GUARDED_PLATFORMS
    }


@dataclass(frozen=True, slots=True)
class ImportedFiles:
    """Exports of other tools, by a map each.

    A file is read once, as its size and fingerprint tell; a changed one, or one whose map changed,
    is read again. It is deleted here `retention.landing_days` after it was read.
    """

    declaration: ClassVar[Declaration] = Declaration(
        platform="import",
        key="post and author: those of the platform that the map names",
        cursor="size and fingerprint of each file that was read, and the row in the one under way",
        second_run="reads files that are new or changed; the others are not opened",
    )

    source: ImportSource
    city: City
    folder: Path

    @classmethod
    def open(cls, city: City, source: ImportSource, settings: Settings) -> Self:
        """The source as the city file declares it."""
        return cls(source, city, settings.home.folder(city.city_id).root / source.folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None: ...

    def probe(self, as_of: datetime) -> Probe:
        """Read the first rows of each file by its map."""
        found = exports(self.folder)
        if not found:
            return Probe(0, sentence=f"the folder {self.source.folder}/ holds no file yet")
        pages = [self.sample(export, as_of) for export in found]
        count = sum(not isinstance(record, Gone) for page in pages for record in page.records)
        return Probe(count, sentence=f"{len(found)} files in {self.source.folder}/")

    def pages(self, cursor: Cursor, recent: Recent, as_of: datetime) -> Iterator[Page]:  # noqa: ARG002 - exports are not read back
        """Read each file that is new or changed; those that cannot be read are told at the end."""
        shelf = Shelf.model_validate(cursor)
        refusals: list[CollectError] = []
        for export, digest in self._unread(shelf, as_of):
            try:
                for page in self._file_pages(export, digest, shelf, as_of=as_of):
                    shelf = Shelf.model_validate(page.cursor)
                    yield page
            except CollectError as error:
                refusals.append(error)
        if refusals:
            more = f" (and {len(refusals) - 1} more files)" if len(refusals) > 1 else ""
            said = str(refusals[0]).replace("\n", "; ")
            raise RefusedError(f"{self.source.source_id}: {said}{more}")

    def sample(self, export: Export, as_of: datetime) -> Page:
        """What the first rows of a file would give; `RefusedError` when it cannot be read."""
        plan = self._plan_of(export)
        with open_rows(export.path, plan) as opened:
            rows = list(islice(opened.rows, ROWS_A_PAGE))
        return _Pages(export, self._maker(plan, as_of)).page(rows, {})

    def _maker(self, plan: Map, as_of: datetime) -> Maker:
        """What makes records of rows, under this city's rules."""
        oldest = as_of - timedelta(days=self.city.retention.posts_days)
        return Maker(plan, as_of, oldest, refused_platforms(self.source))

    def _plan_of(self, export: Export) -> Map:
        """The map of a file; `RefusedError` when there is none, or none that permits it."""
        if export.map_path is None:
            own = f"{export.name.partition('.')[0]}.map.yaml"
            raise RefusedError(f"{export.name} has no map; put {own} or map.yaml beside it")
        plan = read_map(export.map_path)
        refused = refused_platforms(self.source)
        if isinstance(plan.platform, str) and plan.platform in refused:
            raise RefusedError(f"{export.name}: {refused[plan.platform]}")
        return plan

    def _unread(self, shelf: Shelf, as_of: datetime) -> list[tuple[Export, str]]:
        """New and changed files; those read long enough ago are deleted."""
        oldest = as_of - timedelta(days=self.city.retention.landing_days)
        waiting, digests = [], {}
        for export in exports(self.folder):
            digests[export.name] = digest = export.digest()
            known = shelf.read.get(export.name)
            if known is None or known.digest != digest:
                waiting.append(export)
            elif known.read_at < oldest:
                export.delete()
        shelf.read = {name: read for name, read in shelf.read.items() if name in digests}
        return [(export, digests[export.name]) for export in settled(waiting)]

    def _file_pages(
        self, export: Export, digest: str, shelf: Shelf, *, as_of: datetime
    ) -> Iterator[Page]:
        plan = self._plan_of(export)
        place = shelf.place or Place(name=export.name, digest=digest)
        if (place.name, place.digest) != (export.name, digest):
            place = Place(name=export.name, digest=digest)
        pages = _Pages(export, self._maker(plan, as_of))
        with open_rows(export.path, plan) as opened:
            list(islice(opened.rows, place.rows, place.rows))  # those of the pages that landed
            while rows := list(islice(opened.rows, ROWS_A_PAGE)):
                place = place.model_copy(
                    update={"rows": place.rows + len(rows), "share": opened.share()}
                )
                yield pages.page(rows, _cursor(shelf, place))
        done = Read(size=export.size(), digest=digest, read_at=as_of)
        yield Page((), Shelf(read={**shelf.read, export.name: done}).model_dump(mode="json"))


@dataclass(frozen=True, slots=True)
class _Pages:
    """Makes pages of the rows of one file."""

    export: Export
    maker: Maker

    def page(self, rows: list[Row], cursor: Cursor) -> Page:
        """The records of these rows; each author once a page."""
        odd = [Odd(f"{self.export.name}, {r.place}", r.cause) for r in rows if r.cells is None]
        records: list[Base] = []
        authors: dict[str, Base] = {}
        gone: dict[str, Base] = {}
        count_opted_out = 0
        for row in rows:
            made = self._made(row, odd)
            if made is None:
                continue
            if made.wants_out:
                count_opted_out += 1
                gone[f"{made.post.platform}:{made.post.author_id}"] = self._gone(made)
                continue
            if made.author is not None:
                authors[f"{made.author.platform}:{made.author.author_id}"] = made.author
            records += (made.post, *made.edges)
        kept = (*authors.values(), *records, *gone.values())
        return Page(kept, cursor, odd=tuple(odd), count_opted_out=count_opted_out)

    def _made(self, row: Row, odd: list[Odd]) -> Found | None:
        """The records of one row; None when it is left out, or odd and told so."""
        if row.cells is None or self.maker.is_skipped(row.cells):
            return None
        try:
            return self.maker.make(row.cells)
        except (ValidationError, PayloadError) as error:
            odd.append(Odd(f"{self.export.name}, {row.place}", describe(error)))
            return None

    def _gone(self, made: Found) -> Gone:
        """The author wants out: the run lands it when it knows the author."""
        return Gone(
            platform=made.post.platform,
            what="author",
            gone_id=str(made.post.author_id),
            reason="withdrawn",
            observed_at=self.maker.as_of,
        )


def _cursor(shelf: Shelf, place: Place) -> Cursor:
    return Shelf(read=shelf.read, place=place).model_dump(mode="json")
