"""The YAML files that ship beside the code: word lists, themes, sentences."""

from __future__ import annotations

__all__ = ["read_yaml"]

from pathlib import Path
from typing import Any

import yaml


def read_yaml(path: Path) -> Any:
    """What a file of ours holds.

    Read by libyaml's parser, which comes inside PyYAML: each process of a night reads thousands
    of lines of words, and the parser in Python takes ten times as long.
    """
    return yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
