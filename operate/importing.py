"""Bringing in a file of another tool: checked, copied into the watched folder, landed at once."""

from __future__ import annotations

__all__ = ["Importer", "import_source", "lines_of"]

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

from cities.folder import CityFolder
from cities.model import City
from cities.settings import Settings
from cities.sources import ImportSource
from collectors.errors import CollectError
from collectors.landing import Outcome
from collectors.run import collect
from collectors.sources.imports.files import ImportedFiles
from collectors.sources.imports.maps import map_file
from collectors.sources.imports.watched import SUFFIXES, Export, put
from collectors.state import read_state
from decisions.brief import write_brief
from operate.errors import ImportRefusedError

QUIET_SECONDS = 2.0
GLANCE_SECONDS = 0.5
FEW = 10
LINES = "- {source_id: imports, platform: import, use: listen}"


@dataclass(frozen=True, slots=True)
class Importer:
    """One city's way in for files, and who watches."""

    folder: CityFolder
    source: ImportSource
    settings: Settings
    console: Console

    def bring_in(self, file: Path, map_name: str, as_of: datetime) -> Outcome:
        """Check the file by its map, copy both, land the file at once.

        `ImportRefusedError` when it would give nothing: then nothing is copied.
        """
        plan = map_file(map_name)
        reader = ImportedFiles.open(self.folder.city(), self.source, self.settings)
        _check(reader, Export(file, plan), as_of)
        put(reader.folder, file, plan)
        write_brief(self.folder, as_of, settings=self.settings)
        with _progress(self.console, self.folder, self.source.source_id):
            return collect(self.folder, self.source.source_id, as_of, settings=self.settings)


def lines_of(outcome: Outcome) -> Iterator[str]:
    """What landed, and each reject with its place and cause (the first hundred are kept)."""
    counts = outcome.counts
    yield (
        f"{outcome.source_id}: {counts.posts} posts, {counts.authors} authors, "
        f"{counts.opted_out} left out at their wish, {counts.blocked} of people who objected, "
        f"{counts.odd} rejected"
    )
    if counts.sensitive:
        yield f"  {_about(counts.sensitive)} left out: they may reveal what article 9 protects"
    yield from (f"  {odd.position}: {odd.cause}" for odd in outcome.odd)
    if counts.odd > len(outcome.odd):
        yield f"  … and {counts.odd - len(outcome.odd)} more"
    if outcome.sentence:
        yield outcome.sentence


def _about(count: int) -> str:
    """A count that does not point to a person: a file may be of one author."""
    return f"{count} posts" if count >= FEW else f"fewer than {FEW} posts"


def import_source(city: City, source_id: str = "") -> ImportSource:
    """The import source of a city, by its id where it has several."""
    found = [source for source in city.sources if isinstance(source, ImportSource)]
    named = [source for source in found if source_id in ("", source.source_id)]
    if not found:
        raise ImportRefusedError(
            f"{city.city_id}: has no source for files; add to sources: {LINES}"
        )
    if len(named) != 1:
        ids = ", ".join(source.source_id for source in found)
        raise ImportRefusedError(f"{city.city_id}: which source? write --source with one of {ids}")
    return named[0]


def _check(files: ImportedFiles, export: Export, as_of: datetime) -> None:
    """Refuse what would give nothing, before it is copied."""
    if not export.path.is_file():
        raise ImportRefusedError(
            f"{export.path}: there is no such file; write the path of an export"
        )
    if not export.name.lower().endswith(SUFFIXES):
        raise ImportRefusedError(
            f"{export.name}: is none of {', '.join(SUFFIXES)}; name it by its format"
        )
    try:
        page = files.sample(export, as_of)
    except CollectError as error:
        raise ImportRefusedError(str(error)) from None
    if page.odd and not page.records:
        first = page.odd[0]
        raise ImportRefusedError(
            f"{first.position}: {first.cause}; and so of all {len(page.odd)} first rows: mend "
            "the map, then import again"
        )


@contextmanager
def _progress(console: Console, folder: CityFolder, source_id: str) -> Iterator[None]:
    """A bar for who waits longer than two seconds: the source's own cursor tells how far it is."""
    is_over = threading.Event()

    def watch() -> None:
        if is_over.wait(QUIET_SECONDS):
            return
        columns = (TextColumn("reading"), BarColumn(), TaskProgressColumn())
        with Progress(*columns, console=console, transient=True) as progress:
            bar = progress.add_task("reading", total=1.0)
            while not is_over.wait(GLANCE_SECONDS):
                progress.update(bar, completed=_share(folder, source_id))

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        is_over.set()
        watcher.join()


def _share(folder: CityFolder, source_id: str) -> float:
    try:
        place = read_state(folder, source_id).cursor.get("place")
    except CollectError:
        return 0.0
    return float(place["share"]) if place else 0.0
