"""Publishing: what pages and notebooks may read, in a new file that takes its place whole.

The snapshot is the privacy wall: each table is one explicit select of `sql/snapshot`.
"""

from __future__ import annotations

__all__ = ["SNAPSHOT_TABLES", "publish"]

import re
from datetime import datetime, timedelta
from pathlib import Path

import duckdb

from cities.bands import TO_REVIEW
from cities.effective import effective_city
from cities.folder import CityFolder, run_id_of
from cities.model import City
from cities.settings import Settings
from cities.sources import use_of
from warehouse.connection import make_durable, open_warehouse, remove_draft
from warehouse.sql_runner import run_sql

FOLDER = Path(__file__).parent / "sql" / "snapshot"
# `residents` comes first: who is not in it is in no other table about persons.
SNAPSHOT_TABLES = (
    "run",
    "residents",
    "scores",
    "posts",
    "post_themes",
    "readings",
    "rankings",
    "weight_proposal",
    "weights",
    "weight_moves",
    "team",
    "team_constraints",
    "team_draw",
    "openings",
    "occasions",
    "invitations",
    "relays",
    "sources",
    "source_runs",
    "volumes",
    "themes",
)
COUNT_KEPT = 3
DRAFT = ".draft"
PRIVATE = 0o600


def publish(folder: CityFolder, as_of: datetime, *, settings: Settings) -> Path:
    """Write the snapshot of this night and keep the last three; returns its path.

    Since somebody objected, or may no longer be shown, only those made after it are kept.

    A reader sees the old file or the new one, never a part. Published again, it is replaced.
    """
    city = effective_city(folder.city(), folder.brief(as_of))
    target = folder.snapshot_file(as_of)
    folder.snapshots.mkdir(mode=0o700, exist_ok=True)
    draft = target.with_name(f".{target.name}{DRAFT}")
    # To the end under the lock: an erasure rewrites snapshots, and removes drafts that it finds.
    with open_warehouse(folder) as connection:
        for leftover in folder.snapshots.glob(f".*{DRAFT}*"):
            remove_draft(leftover)
        # Rows need no order; without it DuckDB writes with all cores and holds less in memory.
        connection.execute("set preserve_insertion_order = false")
        _fill(connection, draft, _parameters(city, as_of, settings))
        draft.chmod(PRIVATE)
        make_durable(draft)
        draft.replace(target)
        for old in _outdated(connection, folder):
            if old != target:
                old.unlink()
    make_durable(folder.snapshots)
    return target


def _outdated(connection: duckdb.DuckDBPyConnection, folder: CityFolder) -> list[Path]:
    """Snapshots beyond the last three, and those that may show who withdrew since."""
    found = sorted(folder.snapshots.glob("[!.]*.duckdb"))
    rows = connection.execute("from withdrawals").fetchall()
    first_kept = max((run_id_of(as_of) for (as_of,) in rows), default="")
    return [path for path in found if path.stem < first_kept or path in found[:-COUNT_KEPT]]


def _parameters(city: City, as_of: datetime, settings: Settings) -> dict[str, object]:
    speaks_of_persons = any(use_of(source) in ("rank", "members") for source in city.sources)
    return {
        "run_id": run_id_of(as_of),
        "as_of": as_of,
        "city_id": city.city_id,
        "city_name": city.commune.name,
        "timezone": city.timezone,
        "is_ranking_open": city.privacy is not None and speaks_of_persons,
        "minimum_person": city.ranking.minimum_person,
        "least_relevance": TO_REVIEW,
        "themes": [
            {"theme": theme, "label_fr": label.fr, "label_en": label.en}
            for theme, label in city.theme_labels.items()
        ],
        "published_since": as_of - timedelta(days=city.retention.published_posts_days),
        "key": settings.block_key(),
    }


def _fill(
    connection: duckdb.DuckDBPyConnection, draft: Path, parameters: dict[str, object]
) -> None:
    connection.execute(f"attach '{_quoted(draft)}' as snapshot")
    for table in SNAPSHOT_TABLES:
        path = FOLDER / f"{table}.sql"
        named = set(re.findall(r"\$(\w+)", path.read_text(encoding="utf-8")))
        run_sql(connection, path, **{name: parameters[name] for name in named})
    connection.execute("checkpoint snapshot")
    connection.execute("detach snapshot")


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
