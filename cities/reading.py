"""Reading a city file: every mistake at once, each with its line, its field and how to mend it."""

from __future__ import annotations

__all__ = ["read_city"]

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from cities.errors import CityFileError, Mistake
from cities.model import City, rule_mistakes
from cities.yaml_form import compose, data_of, printable

LONGEST = 1_000_000

MENDS = {
    "extra_forbidden": "remove it, or check its spelling",
    "missing": "add it",
    "string_pattern_mismatch": "write it in the stated form",
    "literal_error": "choose one of the values named",
    "union_tag_invalid": "choose one of the platforms named",
    "union_tag_not_found": "add platform",
    "string_type": "write text; put a number in quotes",
}


def read_city(path: Path) -> City:
    """Read and check a city file; raises `CityFileError` with all its mistakes."""
    node = _compose(path)
    mistakes: list[Mistake] = []
    data = data_of(node, mistakes) if node else {}
    told = [
        Mistake(_line(node, loc), ".".join(map(str, loc)), *_split(sentence))
        for loc, sentence in rule_mistakes(data)
    ]
    city = None
    try:
        city = City.model_validate(data)
    except ValidationError as error:
        found = [_mistake(node, d) for d in error.errors(include_url=False, include_input=False)]
        known = {mistake.problem for mistake in told}
        mistakes += [mistake for mistake in found if mistake.problem not in known]
    mistakes += told
    if city is None or mistakes:
        raise CityFileError(path, tuple(sorted(set(mistakes), key=lambda m: (m.line, m.field))))
    return city


def _compose(path: Path) -> yaml.Node | None:
    try:
        content = path.read_bytes()
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise _unreadable(path, line, "is not UTF-8 text", "save it as UTF-8") from None
    except OSError as error:
        raise _unreadable(path, 1, f"cannot be opened ({error.strerror})", "check it") from None
    if len(content) > LONGEST:
        raise _unreadable(path, 1, "is longer than 1 MB", "see cities/examples")
    try:
        node = compose(text)
    except yaml.YAMLError as error:
        problem = getattr(error, "problem", None) or "is not YAML"
        line = _line_of(error, text)
        raise _unreadable(path, line, problem, "check indents, colons, quotes") from None
    if node is not None and not isinstance(node, yaml.MappingNode):
        raise _unreadable(path, 1, "is not a list of `field: value`", "see cities/examples")
    return node


def _line_of(error: yaml.YAMLError, text: str) -> int:
    mark = getattr(error, "problem_mark", None)
    if mark is not None:
        return int(mark.line) + 1
    return text.count("\n", 0, getattr(error, "position", 0)) + 1


def _unreadable(path: Path, line: int, problem: str, mend: str) -> CityFileError:
    return CityFileError(path, (Mistake(line, "the file", problem, mend),))


def _split(sentence: str) -> tuple[str, str]:
    problem, _, mend = sentence.partition("; ")
    return problem, mend or "write a value that fits"


def _mistake(root: yaml.Node | None, detail: ErrorDetails) -> Mistake:
    # Third in the place of a source's field pydantic names the platform, which is no field.
    loc = [p for at, p in enumerate(detail["loc"]) if at != 2 or detail["loc"][0] != "sources"]
    problem, mend = detail["msg"], MENDS.get(detail["type"], "write a value that fits")
    if detail["type"] == "value_error":
        problem, mend = _split(problem.removeprefix("Value error, "))
    field = ".".join(printable(str(part)) for part in loc)
    return Mistake(_line(root, loc), field or "the file", problem, mend)


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
        # Of a field written twice it is the last that is read.
        for key, value in reversed(node.value):
            if key.value == part:
                return key.start_mark.line + 1, value
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        item: yaml.Node = node.value[part]
        return item.start_mark.line + 1, item
    return None
