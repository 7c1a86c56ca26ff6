"""What every scorer of one night is given."""

from __future__ import annotations

__all__ = ["MACROS", "Night"]

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from duckdb import DuckDBPyConnection

from cities.model import City
from scoring.city_terms import CityTerms

MACROS = Path(__file__).with_name("macros.sql")


@dataclass(frozen=True, slots=True)
class Night:
    """One city, one moment, one open transaction on its warehouse.

    `city` is the city file with the brief's settings over it; `terms` the words by which posts
    speak of it; `version` fingerprints rules, words and terms: a post whose score bears another
    version is scored anew.
    """

    connection: DuckDBPyConnection
    city: City
    terms: CityTerms
    as_of: datetime
    version: str
