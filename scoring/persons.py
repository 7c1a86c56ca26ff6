"""Persons: which accounts are one human.

Several accounts are one person only where that person joined and linked them; any other account
is its own person. `person_id` = the first 16 hexadecimal digits of SHA-256 of
`platform:author_id`, of the alphabetically first account. Likeness of names joins nobody.

Known failure: the id of a member changes when they link an account that comes before.

>>> from hashlib import sha256
>>> sha256(b"mastodon:ada@halle.example").hexdigest()[:16]
'faf19f10413c3d0b'
"""

from __future__ import annotations

__all__ = ["score"]

from pathlib import Path

from scoring.night import Night
from warehouse.sql_runner import run_sql

HERE = Path(__file__).parent


def score(night: Night) -> None:
    """Rebuild `persons` from the authors that may be scored and the members' linked accounts."""
    run_sql(night.connection, HERE / "persons.sql")
