"""Landing: what a source gave, durable before its cursor moves.

`landing/<source_id>/<run_id>-<seq>.ndjson.gz` holds one record a line;
`landing/<source_id>/<run_id>.outcome.json` says how the night of that source ended.
"""

from __future__ import annotations

__all__ = [
    "Counts",
    "Lander",
    "OddRecord",
    "Outcome",
    "delete_before",
    "forget",
    "holds",
    "landed_files",
    "outcome_file",
    "outcomes",
    "read_outcome",
    "watched_files",
    "write_outcome",
]

import gzip
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from cities.errors import PortevoixError
from cities.folder import CityFolder, run_id_of
from collectors.durable import remove_drafts, sync_folder, write_durably
from collectors.forgetting import forget, holds
from collectors.records import Base
from collectors.sources.imports.erasing import watched_files

LANDED = ".ndjson.gz"
OUTCOME = ".outcome.json"
# Level 6 is three times slower for 4 % less on short French posts.
GZIP_LEVEL = 1


class Part(BaseModel):
    """A frozen part of an outcome."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Counts(Part):
    """What a source gave in one night; the last four were not landed.

    `sensitive`: posts that reveal what article 9 of the GDPR protects. Told to people only as
    the sum over all sources of a night, since a source may be of one author.
    """

    posts: int = 0
    authors: int = 0
    edges: int = 0
    openings: int = 0
    gone: int = 0
    opted_out: int = 0
    blocked: int = 0
    odd: int = 0
    sensitive: int = 0

    def __add__(self, other: Counts) -> Counts:
        mine, theirs = self.model_dump(), other.model_dump()
        return Counts(**{name: mine[name] + theirs[name] for name in mine})


class OddRecord(Part):
    """One record that was skipped: where it stood and why, never what it held."""

    position: str
    cause: str


class Outcome(Part):
    """How one source's night ended.

    `done`; `waiting`: the platform asked to come back, not before `retry_at` when it said so;
    `failed`: someone must mend something. `sentence` is for people, empty when all went well.
    """

    source_id: str
    as_of: AwareDatetime
    state: Literal["done", "waiting", "failed", "off"]
    sentence: str = ""
    counts: Counts = Counts()
    retry_at: AwareDatetime | None = None
    odd: tuple[OddRecord, ...] = ()


class Lander:
    """Writes the landing files of one source and one night."""

    def __init__(self, folder: CityFolder, source_id: str, as_of: datetime) -> None:
        self._folder = folder.landing(source_id)
        self._run_id = run_id_of(as_of)

    def land(self, seq: int, records: Iterable[Base]) -> Path:
        """Write file number `seq`, whole and durable; one of the same number is replaced."""
        path = self._folder / f"{self._run_id}-{seq:05d}{LANDED}"
        lines = "".join(f"{record.model_dump_json()}\n" for record in records)
        # mtime 0: the same records give the same bytes.
        write_durably(path, gzip.compress(lines.encode(), GZIP_LEVEL, mtime=0))
        return path

    def discard_from(self, seq: int) -> None:
        """Remove files whose cursor never moved: their pages are about to be read again."""
        remove_drafts(self._folder)
        for path in self._folder.glob(f"{self._run_id}-*{LANDED}"):
            if int(path.name.removesuffix(LANDED).rpartition("-")[2]) >= seq:
                path.unlink()


def landed_files(folder: CityFolder, source_id: str) -> list[Path]:
    """The landing files of a source, oldest first."""
    return sorted(folder.landing(source_id).glob(f"[!.]*{LANDED}"))


def outcome_file(folder: CityFolder, source_id: str, as_of: datetime) -> Path:
    """Where the outcome of one source and night lies, whether it exists or not."""
    return folder.landing(source_id) / f"{run_id_of(as_of)}{OUTCOME}"


def read_outcome(path: Path) -> Outcome:
    """Read one outcome; `PortevoixError` with one sentence when it is absent or broken."""
    try:
        return Outcome.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        raise PortevoixError(
            f"{path.parent.name}: no outcome {path.name}; run the collect step first"
        ) from None
    except ValidationError as error:
        field = ".".join(map(str, error.errors(include_input=False)[0]["loc"]))
        raise PortevoixError(
            f"{path.parent.name}: {path.name}: field {field or 'all'} cannot be read; "
            "remove the file and collect again"
        ) from None


def write_outcome(folder: CityFolder, outcome: Outcome) -> None:
    """Write how a source's night ended."""
    path = outcome_file(folder, outcome.source_id, outcome.as_of)
    write_durably(path, outcome.model_dump_json(indent=1).encode())


def outcomes(folder: CityFolder, as_of: datetime) -> tuple[Outcome, ...]:
    """The outcomes of one night, by source; a source that never ran that night has none."""
    found = sorted((folder.root / "landing").glob(f"*/{run_id_of(as_of)}{OUTCOME}"))
    return tuple(read_outcome(path) for path in found)


def delete_before(folder: CityFolder, when: datetime) -> int:
    """Remove landing files and outcomes of nights before `when`; how many files went."""
    before = run_id_of(when)
    count = 0
    for source in sorted((folder.root / "landing").glob("*/")):
        old = [p for p in source.iterdir() if _is_landing(p) and p.name[: len(before)] < before]
        for path in old:
            path.unlink()
        if old:
            sync_folder(source)
        count += len(old)
    return count


def _is_landing(path: Path) -> bool:
    return path.name.endswith((LANDED, OUTCOME)) and not path.name.startswith(".")
