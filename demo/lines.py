"""Files of a world: one JSON value a line, checked against its model when read."""

from __future__ import annotations

__all__ = ["check_unique", "read_json", "read_lines", "write_json", "write_lines"]

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from demo.errors import WorldError

Model = TypeVar("Model", bound=BaseModel)


def write_lines(path: Path, rows: Iterable[BaseModel]) -> None:
    """Write one JSON object a line; the file appears whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.draft")
    with draft.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(row.model_dump_json() + "\n" for row in rows)
    draft.replace(path)


def write_json(path: Path, value: BaseModel) -> None:
    """Write one indented JSON object; the file appears whole or not at all."""
    draft = path.with_name(f".{path.name}.draft")
    draft.write_text(value.model_dump_json(indent=2) + "\n", encoding="utf-8")
    draft.replace(path)


def read_lines(path: Path, model: type[Model]) -> tuple[Model, ...]:
    """Read every line; raises `WorldError` at the first that does not fit."""
    lines = _bytes_of(path).splitlines()
    return tuple(
        _parsed(f"{path}, line {number}", line, model) for number, line in enumerate(lines, start=1)
    )


def read_json(path: Path, model: type[Model]) -> Model:
    """Read a file that is one JSON object; raises `WorldError`."""
    return _parsed(str(path), _bytes_of(path), model)


def check_unique(path: Path, field: str, ids: Sequence[str]) -> None:
    """Raise `WorldError` when two lines bear the same id."""
    seen: set[str] = set()
    for line, key in enumerate(ids, start=1):
        if key in seen:
            raise WorldError(f"{path}, line {line}: field {field}: written twice; keep one line")
        seen.add(key)


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise WorldError(
            f"{path}: cannot be read ({error.strerror}); give a folder made by demo/generate.py"
        ) from None


def _parsed(place: str, text: bytes, model: type[Model]) -> Model:
    try:
        return model.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        field = ".".join(map(str, first["loc"])) or "the whole line"
        raise WorldError(f"{place}: field {field}: {first['msg']}; see demo/README.md") from None
