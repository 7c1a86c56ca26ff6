"""The part of YAML that a city file may use: fields, lists, text, numbers, yes and no.

Anchors, aliases, tags and dates are refused or read as text: each of them can turn a short file
into an object that nobody sees in it, or into a program that ends in a traceback.
"""

from __future__ import annotations

__all__ = ["compose", "data_of", "printable"]

from typing import Any

import yaml

from cities.errors import Mistake

DEEPEST = 12
KINDS = ("int", "float", "bool", "null")


class PlainLoader(yaml.SafeLoader):
    """Composes plain nodes only; `yaml.MarkedYAMLError` at the first that is not."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML reads it from the class
        first: [(tag, form) for tag, form in pairs if tag.rpartition(":")[2] in KINDS]
        for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def __init__(self, text: str) -> None:
        self.depth = 0
        super().__init__(text)

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """One node, without anchor, alias or tag, not too deep."""
        event = self.peek_event()  # type: ignore[no-untyped-call]  # untyped in the stubs
        problem = None
        if getattr(event, "anchor", None) is not None:
            problem = "is an anchor or an alias (& or *), which a city file has not"
        elif getattr(event, "tag", None) is not None:
            problem = "is a tag (!), which a city file has not"
        elif self.depth >= DEEPEST:
            problem = "is nested too deep"
        if problem:
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def compose(text: str) -> yaml.Node | None:
    """The node of the whole text, None when it is empty; `yaml.YAMLError` when it is not plain."""
    loader = PlainLoader(text)
    try:
        return loader.get_single_node()
    except (ValueError, OverflowError):
        # "\U00110000" is no character, yet PyYAML asks Python for it.
        raise yaml.MarkedYAMLError(
            problem="holds a character or a number that does not exist",
            problem_mark=loader.get_mark(),
        ) from None
    finally:
        loader.dispose()


def data_of(node: yaml.Node, mistakes: list[Mistake], *, field: str = "") -> Any:
    """The node as dicts, lists and values; what cannot be read is added to `mistakes`."""
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, mistakes, field)
    if isinstance(node, yaml.SequenceNode):
        return [
            data_of(item, mistakes, field=f"{field}.{at}") for at, item in enumerate(node.value)
        ]
    try:
        return yaml.SafeLoader("").construct_object(node)
    except (ValueError, yaml.YAMLError):
        line = node.start_mark.line + 1
        mistakes.append(Mistake(line, field, "is no number", "write a number, or put it in quotes"))
        return node.value


def _mapping(node: yaml.MappingNode, mistakes: list[Mistake], field: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            mistakes.append(
                Mistake(line, field or "the file", "has a list as a field's name", "write a word")
            )
            continue
        name = printable(key.value)
        inner = f"{field}.{name}" if field else name
        if key.value in found:
            # YAML lets the last of two equal fields win in silence; a city file must not.
            mistakes.append(Mistake(line, inner, "is written twice", "keep one of them"))
        found[key.value] = data_of(value, mistakes, field=inner)
    return found


def printable(text: str) -> str:
    """A name that any terminal can show, short."""
    shown = text if text.isprintable() else ascii(text)[1:-1]
    return shown if len(shown) <= 60 else f"{shown[:60]}…"
