"""What every scorer of one night is given."""

from __future__ import annotations

__all__ = ["MACROS", "Night"]

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from duckdb import DuckDBPyConnection

from cities.model import City, RankingRules
from scoring.city_terms import CityTerms
from scoring.score_runs import Earlier
from scoring.theme_reader import ThemeReader
from scoring.versions import Versions

MACROS = Path(__file__).with_name("macros.sql")


@dataclass(frozen=True, slots=True)
class Night:
    """One city, one moment, one open transaction on its warehouse.

    `city` is the city file with the brief's settings over it; `terms` the words by which posts
    speak of it; `reader` reads its themes; `versions` fingerprint rules, words and models: a post
    that a scorer read under another version is read anew, in its turn; `earlier` is what scored
    before. `own_ranking`: the rankings' rules without accepted weights; `weights_from`: the
    proposal whose weights people accepted, '' while the city's own count.
    """

    connection: DuckDBPyConnection
    city: City
    terms: CityTerms
    reader: ThemeReader
    as_of: datetime
    versions: Versions
    earlier: Earlier
    own_ranking: RankingRules
    weights_from: str
