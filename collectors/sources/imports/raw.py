"""The rows of a text export as they stand in the file, to be copied or left out, never parsed."""

from __future__ import annotations

__all__ = ["raw_rows"]

import csv
import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from collectors.sources.imports.plan import Map
from collectors.sources.imports.reading import MIB


def raw_rows(path: Path, plan: Map | None) -> Iterator[str]:
    """Each row with its line breaks: a line, or the lines of a CSV row with quoted breaks.

    Of a line over 1 MiB, its pieces; of a damaged file, what stands before the damage.
    """
    encoding = plan.encoding if plan else "utf-8"
    with ExitStack() as stack:
        raw = stack.enter_context(path.open("rb"))
        content = stack.enter_context(gzip.open(raw)) if path.suffix == ".gz" else raw
        text = stack.enter_context(
            io.TextIOWrapper(content, encoding, errors="surrogateescape", newline="")
        )
        try:
            if plan is None or plan.format != "csv":
                yield from _lines(text)
            else:
                yield from _csv_rows(text, plan.delimiter)
        except (EOFError, zlib.error, OSError, UnicodeError):
            return


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    while line := text.readline(MIB):
        yield line


def _csv_rows(text: io.TextIOWrapper, delimiter: str) -> Iterator[str]:
    taken: list[str] = []

    def noted() -> Iterator[str]:
        for line in _lines(text):
            taken.append(line)
            yield line

    reader = csv.reader(noted(), delimiter=delimiter)
    while True:
        try:
            next(reader)
        except StopIteration:
            break
        except csv.Error:
            pass  # a mark left open: its lines go or stay as one row
        yield "".join(taken)
        taken.clear()
    if taken:
        yield "".join(taken)
