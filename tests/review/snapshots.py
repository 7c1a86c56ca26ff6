"""A small published night with the columns that the contract names, for the pages' tests.

The only place of these tests that knows the snapshot's tables; all people are invented.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb

from cities.blocking import block_hash
from cities.themes import ALL_THEMES, label_of
from tests.review.learnt import learnt
from tests.review.read_posts import theme_of_newest_post, volumes

KEY = "k" * 64
AS_OF = datetime(2026, 11, 17, 1, 30, tzinfo=UTC)
COUNT_RESIDENTS = 60
OCCASION = "o-0123456789ab"
FIRST_NAMES = ("Élodie", "Karim", "Maëlle", "Jean", "Inès", "Noé", "Agathe", "Yanis", "Zoé", "Paul")
LAST_NAMES = ("Bréchet", "Amrani", "Le Goff", "Œuvrard", "Martin", "Nguyen", "Da Silva", "Poncet")
SCHEMA = Path(__file__).with_name("snapshot.sql")


@dataclass
class Night:
    """Rows of one night, table by table, ready to be changed by a test before `write`."""

    as_of: datetime = AS_OF
    is_open: bool = True
    failed: str = "L’instance halle.example a refusé la demande ; vérifiez son nom dans city.yaml."
    tables: dict[str, list[tuple[object, ...]]] = field(default_factory=dict)

    def write(self, path: Path) -> Path:
        """Publish: write beside, then rename, as the warehouse does."""
        draft = path.with_suffix(".tmp")
        with duckdb.connect(draft) as connection:
            connection.execute(SCHEMA.read_text(encoding="utf-8"))
            for table, rows in self.tables.items():
                _fill(connection, table, rows, draft.with_suffix(".ndjson"))
        draft.replace(path)
        return path


def _fill(
    connection: duckdb.DuckDBPyConnection, table: str, rows: list[tuple[object, ...]], through: Path
) -> None:
    # Through a file: inserting nested rows one by one takes seconds.
    types = {name: kind for name, kind, *_ in connection.execute(f"describe {table}").fetchall()}
    lines = (json.dumps(dict(zip(types, row, strict=True)), default=str) for row in rows)
    through.write_text("\n".join(lines), encoding="utf-8")
    if rows:
        given = "format = 'newline_delimited', columns = $types"
        connection.execute(
            f"insert into {table} select * from read_json($path, {given})",
            {"path": str(through), "types": types},
        )
    through.unlink()


def night(*, as_of: datetime = AS_OF, is_open: bool = True) -> Night:
    """The whole synthetic night; the same each time."""
    made = Night(as_of=as_of, is_open=is_open)
    draw = random.Random(7)
    people = [f"p{number:02d}" for number in range(1, COUNT_RESIDENTS + 1)] if is_open else []
    tables = made.tables
    run_id = f"{as_of:%Y%m%dT%H%M%SZ}"
    tables["run"] = [(run_id, as_of, "montreval", "Montréval", "Europe/Paris", is_open, 0)]
    tables["residents"] = [_resident(person, draw, as_of) for person in people]
    tables["rankings"] = [row for theme in ("", *ALL_THEMES) for row in _ranking(theme, people)]
    tables["scores"] = [row for person in people for row in _scores(person, draw)]
    tables["posts"] = [row for person in people for row in _posts(person, draw, as_of)]
    tables["post_themes"] = [theme_of_newest_post(*account_of(person)) for person in people]
    tables["readings"] = [(5234, 0)]
    tables |= learnt(as_of) if is_open else learnt(as_of, state="too_few")
    tables["team"] = _team(people[:12])
    tables["team_constraints"] = [
        ("size", "", 12.0, 12.0, False, False, 8),
        ("small_accounts", "", 3.0, 2.0, False, True, 5),
        ("theme", "music", 1.0, 0.0, False, True, 7),
        ("theme", "wine", 1.0, 2.0, False, False, 7),
        ("platform_most", "mastodon", 8.0, 6.0, True, False, 1),
    ]
    tables["team_draw"] = [("7801", 240)]
    tables["openings"] = [_opening(number) for number in range(1, 31)]
    tables["occasions"] = [_occasion(number) for number in range(1, 31)]
    tables["occasions"].append(
        ("project:fete", "project", "Fête des jardins", None, "", ["nature"], "meeting")
    )
    tables["invitations"] = [
        row for occasion in tables["occasions"] for row in _invitations(str(occasion[0]), people)
    ]
    tables["relays"] = [
        row for n, person in enumerate(people[:3], start=1) for row in _relays(person, n)
    ]
    tables["sources"] = _sources(made)
    tables["source_runs"] = [row for source in tables["sources"] for row in _runs(source, as_of)]
    tables["volumes"] = volumes(draw, as_of)
    tables["themes"] = [_theme(at, theme) for at, theme in enumerate(ALL_THEMES, start=1)]
    return made


def _theme(position: int, theme: str) -> tuple[object, ...]:
    label = label_of(theme)
    return (position, theme, label.fr if label else theme, label.en if label else theme)


def account_of(person: str, platform: str = "mastodon") -> tuple[str, str]:
    """(platform, author_id) of an invented person's account."""
    return platform, f"{person}@saone.example"


def name_of(person: str) -> str:
    """The display name of an invented person."""
    number = int(person[1:])
    return f"{FIRST_NAMES[number % 10]} {LAST_NAMES[number % 8]} {number}"


def _resident(person: str, draw: random.Random, as_of: datetime) -> tuple[object, ...]:
    number = int(person[1:])
    platform, author_id = account_of(person)
    audience = draw.randrange(20, 4000)
    accounts = [_account(platform, author_id, audience)]
    if number == 2:  # a handle longer than a narrow screen
        accounts[0]["handle"] = "@maelle_des_quais_de_saone_et_d_ailleurs@saone.example"
    hashes = [block_hash(KEY, platform, author_id)]
    if number == 3:  # one person with two accounts, who said so
        accounts.append(_account("bluesky", f"{person}.halle.example", 80))
        hashes.append(block_hash(KEY, "bluesky", f"{person}.halle.example"))
    reach = audience * 0.2
    bio = "Je photographie les quais et je cuisine le dimanche. <b>Montréval</b> toujours."
    return (
        person, name_of(person), accounts, bio, "Montréval, Saône-et-Loire",
        "confirmed" if number % 9 == 0 else "probable", 0.87, 0.78, 0.93, 0.95, "person",
        reach, reach * 0.4, reach * 2.2, audience, draw.randrange(3, 90),
        as_of - timedelta(days=number % 20), number % 9 == 0,
        [ALL_THEMES[number % 8], ALL_THEMES[(number + 3) % 8]], hashes,
    )  # fmt: skip


def _account(platform: str, author_id: str, audience: int) -> dict[str, object]:
    handle = author_id.partition("@")[0]
    url = f"https://saone.example/@{handle}"
    return {
        "platform": platform, "author_id": author_id, "handle": handle, "url": url,
        "audience": audience,
    }  # fmt: skip


def _ranking(theme: str, people: list[str]) -> list[tuple[object, ...]]:
    ranked = people if not theme else people[ALL_THEMES.index(theme) :: 2]
    evidence = [
        {"name": "ranking.reach", "contribution": 0.31, "detail": "340"},
        {"name": "ranking.affinity", "contribution": 0.22, "detail": ""},
        {"name": "ranking.regularity", "contribution": -0.08, "detail": "2 semaines sur 12"},
    ]
    rows: list[tuple[object, ...]] = []
    for position, person in enumerate(ranked, start=1):
        score = 0.95 - 0.012 * position
        band = "A" if position <= 12 else "B" if position <= 30 else "C"
        tie_group, kept_for = 1 + (position - 1) // 9, "newcomer" if position == 5 else ""
        rows.append((
            theme, position, person, score, score - 0.09, min(score + 0.07, 1), band, evidence,
            max(1 - position / 40, 0), tie_group, kept_for,
        ))  # fmt: skip
    return rows


def _scores(person: str, draw: random.Random) -> list[tuple[object, ...]]:
    platform, author_id = account_of(person)
    key = (person, platform, author_id)
    label = "automated" if person == "p05" else "person"
    affinities: list[tuple[object, ...]] = [
        (*key, "affinity", theme, value, value * 0.6, min(value * 1.4, 1), "", "share", value,
         _evidence(("posts", value * 0.8, "14 publications"), ("prior", value * 0.2, "")))
        for theme in ALL_THEMES
        for value in [draw.uniform(0.01, 0.6)]
    ]  # fmt: skip
    return [
        (*key, "residency", "", 0.87, 0.78, 0.93, "probable", "log-odds", 1.9, _evidence(
            ("says_lives_here", 2.1, "« chez nous, quai des Tanneurs »"),
            ("many_weeks", 0.9, "14"), ("visitor_words", -0.6, "week-end"), ("base", -0.5, ""),
        )),
        (*key, "reach", "", 340.0, 120.0, 900.0, "", "log-people", 5.83, _evidence(
            ("audience", 4.1, "1 200"), ("engagement", 2.2, ""), ("bought", -0.47, ""),
        )),
        (*key, "account_type", "", 0.95, 0.9, 0.98, label, "log-odds", 2.9, _evidence(
            ("first_person", 2.0, ""), ("regular_hours", 0.9, "robotic"),
        )),
        (*key, "reach", "unused", None, None, None, "", "log-people", 0.0, []),
        *affinities,
    ]  # fmt: skip


def _evidence(*parts: tuple[str, float, str]) -> list[dict[str, object]]:
    return [{"name": name, "contribution": amount, "detail": d} for name, amount, d in parts]


def _posts(person: str, draw: random.Random, as_of: datetime) -> list[tuple[object, ...]]:
    platform, author_id = account_of(person)
    return [
        (
            person, platform, f"{person}-{n}", author_id,
            f"https://saone.example/@{person}/{n}",
            f"Marché du samedi à Montréval, étal n° {n} : les premiers cardons ! #montreval",
            as_of - timedelta(days=n * 3, hours=n), draw.randrange(0, 80), n, None if n == 2 else 3,
            draw.uniform(0.6, 0.99),
            [{"theme": theme, "probability": draw.random()} for theme in ALL_THEMES[:3]],
        )
        for n in range(1, 15)
    ]  # fmt: skip


def _team(people: list[str]) -> list[tuple[object, ...]]:
    return [
        (
            position, person, [ALL_THEMES[position % 8], ALL_THEMES[(position + 3) % 8]],
            2.4 / position,
            [
                {"code": "theme", "amount": 0.8, "detail": ALL_THEMES[position % 8]},
                {"code": "reach", "amount": 340.0, "detail": ""},
            ],
            position / 100,
        )
        for position, person in enumerate(people, start=1)
    ]  # fmt: skip


def _opening(number: int) -> tuple[object, ...]:
    is_known = number % 5 != 0
    day = date(2026, 11, 16) - timedelta(days=3 * number)
    return (
        f"A2026{number:04d}", "bodacc", ["bodacc", "sirene"], f"AUX CARDONS {number}",
        "Restauration traditionnelle, vente à emporter" if is_known else "Holding",
        "restaurant" if is_known else "", ["gastronomy", "wine"] if is_known else [],
        "tasting_table" if is_known else "meeting", "71990", "Montréval",
        f"{number} quai des Tanneurs", day if number % 2 else None, day,
        f"https://www.bodacc.fr/annonce/{number}", number == 10,
    )  # fmt: skip


def _occasion(number: int) -> tuple[object, ...]:
    opening = _opening(number)
    return (
        f"opening:{opening[0]}", "opening", opening[3], opening[0], *opening[5:8],
    )  # fmt: skip


def _invitations(occasion_id: str, people: list[str]) -> list[tuple[object, ...]]:
    first = sum(occasion_id.encode()) % 20
    reasons = [
        {"code": "fit", "amount": 0.44, "detail": "gastronomy,wine"},
        {"code": "reach", "amount": 0.09, "detail": ""},
        {"code": "newcomer", "amount": 0.1, "detail": ""},
    ]
    chosen = enumerate(people[first : first + 6], start=1)
    return [(occasion_id, position, person, 0.63, reasons) for position, person in chosen]


def _relays(person: str, position: int) -> list[tuple[object, ...]]:
    """The newest post of a guest, for the occasion that tests open under this id."""
    platform, author_id = account_of(person)
    evidence = _evidence(
        ("relay_base", -1.5, ""), ("relay_name", 4.0, ""), ("relay_theme", 0.4, "gastronomy")
    )
    return [
        (
            OCCASION, position, person, platform, f"{person}-1", author_id,
            0.95 - position / 20, 2.9, evidence,
        )
    ]  # fmt: skip


def _sources(made: Night) -> list[tuple[object, ...]]:
    use = "rank" if made.is_open else "listen"
    done = ("done", "")
    return [
        ("bodacc", "bodacc", None, made.as_of, *done, 0, 0, 0, 30, 1, 0, 0, 0),
        ("mastodon-halle", "mastodon", use, made.as_of, "failed", made.failed,
         0, 0, 0, 0, 0, 0, 0, 0),
        ("mastodon-saone", "mastodon", use, made.as_of, *done, 5234, 312, 1201, 0, 14, 9, 1, 2),
    ]  # fmt: skip


def _runs(source: tuple[object, ...], as_of: datetime) -> list[tuple[object, ...]]:
    nights = [as_of - timedelta(days=n) for n in range(5)]
    return [
        (source[0], when, *(source[4:6] if when == as_of else ("done", "")), *source[6:])
        for when in nights
    ]
