"""The root of every error that Portevoix raises on purpose.

Each room grows its own branch, by what the caller can do about it::

    PortevoixError
    ├── CityFileError       stop: the city file must be mended (every mistake at once)
    ├── SettingsError       stop: the environment must be mended
    ├── UnknownCityError    stop: no such city or commune
    ├── collectors.errors.CollectError ...   retry later, or stop that source
    ├── warehouse.errors.WarehouseError ...  wait, or stop
    └── decisions.errors.DecisionError ...   refuse that act
"""

from __future__ import annotations

__all__ = ["CityFileError", "Mistake", "PortevoixError", "SettingsError", "UnknownCityError"]

from dataclasses import dataclass
from pathlib import Path


class PortevoixError(Exception):
    """One clear sentence for the person at the keyboard; never a handle, a text or a token."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake of a file: its line (from 1), its field, what is wrong, how to mend it."""

    line: int
    field: str
    problem: str
    mend: str

    def __str__(self) -> str:
        return f"line {self.line}, {self.field}: {self.problem}; {self.mend}"


class CityFileError(PortevoixError):
    """A city file cannot be read; carries every `Mistake` at once."""

    def __init__(self, path: Path, mistakes: tuple[Mistake, ...]) -> None:
        self.path = path
        self.mistakes = mistakes
        super().__init__("\n".join(f"{path}: {mistake}" for mistake in mistakes))


class SettingsError(PortevoixError):
    """A variable of the environment is missing or wrong."""


class UnknownCityError(PortevoixError):
    """No city folder, or no commune, bears this name."""
