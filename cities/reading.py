"""Reading a city file: every mistake at once, each with its line, its field and how to mend it."""

from __future__ import annotations

__all__ = ["read_city"]

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from cities.errors import CityFileError, Mistake
from cities.model import City

MENDS = {
    "extra_forbidden": "remove it, or check its spelling",
    "missing": "add it",
    "string_pattern_mismatch": "write it in the stated form",
    "literal_error": "choose one of the values named",
    "union_tag_invalid": "choose one of the platforms named",
    "union_tag_not_found": "add platform",
}


def read_city(path: Path) -> City:
    """Read and check a city file; raises `CityFileError` with all its mistakes."""
    node = _compose(path)
    data = yaml.SafeLoader("").construct_document(node) if node else {}
    try:
        return City.model_validate(data)
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        mistakes = tuple(_mistake(node, detail) for detail in details)
        raise CityFileError(path, tuple(sorted(mistakes, key=lambda m: m.line))) from None


def _compose(path: Path) -> yaml.Node | None:
    try:
        text = path.read_text(encoding="utf-8")
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except UnicodeDecodeError:
        raise _unreadable(path, 1, "is not UTF-8 text", "save it as UTF-8") from None
    except OSError as error:
        raise _unreadable(path, 1, f"cannot be opened ({error.strerror})", "check it") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(error, "problem", None) or "is not YAML"
        raise _unreadable(path, line, problem, "check indents, colons, quotes") from None
    if node is not None and not isinstance(node, yaml.MappingNode):
        raise _unreadable(path, 1, "is not a list of `field: value`", "see cities/examples")
    if node is not None:
        repeated = tuple(_repeated(node))
        if repeated:
            raise CityFileError(path, repeated)
    return node


def _unreadable(path: Path, line: int, problem: str, mend: str) -> CityFileError:
    return CityFileError(path, (Mistake(line, "the file", problem, mend),))


def _repeated(node: yaml.Node) -> Iterator[Mistake]:
    # YAML lets the last of two equal fields win in silence; a city file must not.
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                line = key.start_mark.line + 1
                yield Mistake(line, str(key.value), "is written twice", "keep one of them")
            seen.add(key.value)
            yield from _repeated(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _repeated(item)


def _mistake(root: yaml.Node | None, detail: ErrorDetails) -> Mistake:
    loc = [part for part in detail["loc"] if part not in ("mastodon", "bodacc")]
    line = _line(root, loc)
    problem = detail["msg"].removeprefix("Value error, ")
    if detail["type"] == "value_error" and "; " in problem:
        problem, mend = problem.split("; ", 1)
    else:
        mend = MENDS.get(detail["type"], "write a value that fits")
    return Mistake(line, ".".join(map(str, loc)) or "the file", problem, mend)


def _line(node: yaml.Node | None, loc: Sequence[Any]) -> int:
    """The line of the deepest part of `loc` that the file has."""
    line = node.start_mark.line + 1 if node else 1
    for part in loc:
        found = _child(node, part)
        if found is None:
            return line
        line, node = found
    return line


def _child(node: yaml.Node | None, part: Any) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == part:
                return key.start_mark.line + 1, value
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        item: yaml.Node = node.value[part]
        return item.start_mark.line + 1, item
    return None
