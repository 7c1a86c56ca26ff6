"""Declared homes: what each author's location field and presentation say, as one set of rows."""

from __future__ import annotations

__all__ = ["BIOS", "PLACES", "write_declared_homes"]

import pyarrow as pa
from duckdb import DuckDBPyConnection

from cities.model import Commune
from scoring.city_terms import CityTerms
from scoring.residency_places import HomeReader

# Log-odds of living in the city, by what is declared; `scoring.residency_places` names the kinds.
PLACES = {
    "city": 1.6,
    "city_and_other": 0.4,
    "perhaps": 0.4,
    "land": 0.2,
    "near": -0.8,
    "elsewhere": -1.6,
    "past": -1.6,
}
BIOS = PLACES | {"inhabitant": 1.5, "named": 0.3, "part": -1.0, "works": -1.2}
LONGEST_WORDS = 60


def write_declared_homes(
    connection: DuckDBPyConnection, terms: CityTerms, commune: Commune
) -> None:
    """Make the temporary table `declared_homes`, a row an author that declares something.

    Columns: `place`, `bio` (kinds), `place_says`, `bio_says` (log-odds), `bio_words`.
    """
    reader = HomeReader(terms, commune)
    found = connection.execute(
        "select platform, author_id, left(declared_location, 500) as place, left(bio, 2000) as bio"
        " from scored_authors where declared_location <> '' or bio <> '' order by all"
    ).to_arrow_table()
    places = [reader.place(text) for text in found["place"].to_pylist()]
    bios = [reader.bio(text) for text in found["bio"].to_pylist()]
    columns = {
        "platform": found["platform"],
        "author_id": found["author_id"],
        "place": pa.array(places, pa.string()),
        "bio": pa.array([bio.kind for bio in bios], pa.string()),
        "bio_words": pa.array([bio.words[:LONGEST_WORDS] for bio in bios], pa.string()),
        "place_says": pa.array([PLACES.get(kind, 0.0) for kind in places], pa.float64()),
        "bio_says": pa.array([BIOS.get(bio.kind, 0.0) for bio in bios], pa.float64()),
    }
    connection.register("declared_rows", pa.table(columns))
    connection.execute("create or replace temp table declared_homes as from declared_rows")
    connection.unregister("declared_rows")
