"""What platforms send, without what cannot be stored: NUL bytes, lone surrogates."""

from __future__ import annotations

__all__ = ["clean", "is_suspect", "read_json"]

import json
import re
from typing import Any

NOT_STORABLE = re.compile("[\x00\ud800-\udfff]")
# What alone can bring either into JSON: an escape, a surrogate as it stands, UTF-16 or 32 (in
# which each bracket comes with a NUL).
ESCAPE = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")
SURROGATE = re.compile(rb"\xed[\xa0-\xbf]")


def read_json(body: bytes) -> Any:
    """A body as JSON, cleaned; `ValueError` or `RecursionError` when it is none.

    To walk through all values takes longer than to parse them, and few bodies need it.

    >>> read_json(b'["a\\\\u0000b", "\\\\ud83d!", "\\\\ud83c\\\\udf89"]')
    ['ab', '�!', '🎉']
    """
    value = json.loads(body)
    return clean(value) if is_suspect(body) else value


def is_suspect(body: bytes) -> bool:
    """Whether the values of a JSON body may need to be cleaned."""
    return b"\x00" in body or any(each.search(body) for each in (ESCAPE, SURROGATE))


def clean(value: Any) -> Any:
    """A JSON value without NUL, its lone surrogates replaced: neither can be stored as UTF-8.

    >>> clean({"a": ["b\\x00c", "\\ud83d!"]})
    {'a': ['bc', '�!']}
    """
    if isinstance(value, str):
        return NOT_STORABLE.sub(_replacement, value)
    if isinstance(value, dict):
        return {clean(name): clean(item) for name, item in value.items()}
    if isinstance(value, list):
        return [clean(item) for item in value]
    return value


def _replacement(match: re.Match[str]) -> str:
    return "" if match.group() == "\x00" else "\ufffd"
