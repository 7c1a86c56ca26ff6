"""Reading a map: a file, or the name of one that ships; every mistake at once."""

from __future__ import annotations

__all__ = ["READY", "MapError", "map_file", "read_map"]

from collections.abc import Sequence
from pathlib import Path

import yaml
from pydantic import ValidationError

from cities.errors import Mistake
from cities.yaml_form import compose, data_of, printable
from collectors.errors import RefusedError
from collectors.sources.imports.plan import Map

FOLDER = Path(__file__).parent / "maps"
READY = tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))
LONGEST = 100_000
# How pydantic names the branch of a union or a step of its own: no field of the file.
STEPS = frozenset(("PlatformColumn", "function-before[_listed()", "constrained-str"))


class MapError(RefusedError):
    """A map cannot be read; one line a mistake."""

    def __init__(self, path: Path, mistakes: Sequence[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(f"{path.name}: {mistake}" for mistake in mistakes))


def map_file(name: str) -> Path:
    """The file of a map: a path, or one of the ready names (minet, 4cat, twarc)."""
    return FOLDER / f"{name}.yaml" if name in READY else Path(name)


def read_map(path: Path) -> Map:
    """Read and check a map; raises `MapError` with all its mistakes."""
    mistakes: list[Mistake] = []
    node = _compose(path)
    data = data_of(node, mistakes)
    plan = None
    try:
        plan = Map.model_validate(data)
    except ValidationError as error:
        for detail in error.errors(include_url=False, include_input=False):
            loc = [part for part in detail["loc"] if not _is_step(part)]
            said = detail["msg"].removeprefix("Value error, ")
            problem, _, mend = said.partition("; ")
            field = ".".join(printable(str(part)) for part in loc) or "the map"
            mend = mend or _mend(detail["type"])
            mistakes.append(Mistake(_line(node, loc), field, problem, mend))
    if plan is None or mistakes:
        raise MapError(path, sorted(set(mistakes), key=lambda m: (m.line, m.field)))
    return plan


def _is_step(part: object) -> bool:
    return isinstance(part, str) and (part in STEPS or "[" in part)


def _mend(kind: str) -> str:
    if kind == "extra_forbidden":
        return "remove it, or check its spelling"
    return "add it" if kind == "missing" else "write a value that fits"


def _compose(path: Path) -> yaml.Node:
    try:
        text = path.read_bytes()[: LONGEST + 1].decode("utf-8")
        node = compose(text) if len(text) <= LONGEST else None
    except FileNotFoundError:
        raise _unreadable(path, f"is not there, and no ready map ({', '.join(READY)})") from None
    except OSError as error:
        raise _unreadable(path, f"cannot be opened ({error.strerror})") from None
    except UnicodeDecodeError:
        raise _unreadable(path, "is not UTF-8 text") from None
    except yaml.YAMLError as error:
        problem = getattr(error, "problem", None) or "is not YAML"
        mark = getattr(error, "problem_mark", None)
        raise _unreadable(path, problem, line=mark.line + 1 if mark else 1) from None
    if not isinstance(node, yaml.MappingNode):
        raise _unreadable(path, "is not a list of `field: value`")
    return node


def _unreadable(path: Path, problem: str, *, line: int = 1) -> MapError:
    mend = "see docs/sources/import.md"
    return MapError(path, [Mistake(line, "the map", problem, mend)])


def _line(node: yaml.Node, loc: Sequence[object]) -> int:
    """The line of the deepest part of `loc` that the file has."""
    line, here = node.start_mark.line + 1, node
    for part in loc:
        if isinstance(here, yaml.MappingNode):
            found = next(((k, v) for k, v in here.value if k.value == part), None)
            if found is None:
                return line
            line, here = found[0].start_mark.line + 1, found[1]
        elif (
            isinstance(here, yaml.SequenceNode) and isinstance(part, int) and part < len(here.value)
        ):
            here = here.value[part]
            line = here.start_mark.line + 1
    return line
