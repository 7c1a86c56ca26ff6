"""X's small parts: queries, prices, where the reading stands."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cities.folder import CityFolder
from cities.model import City
from cities.sources import Budget
from collectors.paging import Page
from collectors.sources.x.parsing import page_of
from collectors.sources.x.purse import Prices, Purse
from collectors.sources.x.query import LONGEST_QUERY, queries_of
from collectors.sources.x.walk import INDEX_DELAY, Stretch, Walk
from tests.demo.small_world import NIGHT_1, NIGHT_2

DAY = timedelta(days=1)


def a_city(folder: CityFolder, **names: Any) -> City:
    """The demo city with other names."""
    city = folder.city()
    return city.model_copy(update={"names": city.names.model_copy(update=names)})


def test_a_query_holds_names_tags_people_and_places(folder: CityFolder) -> None:
    (query,) = queries_of(folder.city(), "fr")
    assert query.startswith("(Montréval OR #montreval OR ")
    assert '"halle aux Grains"' in query
    assert "montrévaloise" in query
    assert query.endswith(') -"Montréval-les-Bains" -is:retweet lang:fr')


def test_long_lists_are_split_and_every_query_excludes(folder: CityFolder) -> None:
    places = tuple(f"rue numéro {n} des Tanneurs" for n in range(120))
    queries = queries_of(a_city(folder, places=places))
    assert len(queries) > 5
    assert all(len(query) <= LONGEST_QUERY for query in queries)
    assert all(query.endswith(') -"Montréval-les-Bains" -is:retweet') for query in queries)
    for place in places:
        assert sum(f'"{place}"' in query for query in queries) == 1


def test_a_namesake_within_the_own_name_is_no_exclusion(folder: CityFolder) -> None:
    names = {"aliases": ("Montréval-sur-Saône",), "namesakes": ("Montréval", "Saint-Lô")}
    (query,) = queries_of(a_city(folder, **names))
    assert "-Montréval " not in query
    assert '-"Saint-Lô"' in query


def test_too_many_namesakes_leave_room_for_names(folder: CityFolder) -> None:
    namesakes = tuple(f"Montréval-du-Pays-Numéro-{n}" for n in range(40))
    queries = queries_of(a_city(folder, namesakes=namesakes))
    assert all(len(query) <= LONGEST_QUERY for query in queries)
    assert '-"Montréval-du-Pays-Numéro-0"' in queries[0]


def a_purse(spent: dict[str, int], as_of: datetime = NIGHT_1, **limits: float) -> Purse:
    """A purse of 1 USD a night and 5 a month, unless told."""
    budget = Budget(**{"night_usd": 1.0, "month_usd": 5.0, **limits})
    return Purse(spent, Prices.of(budget), as_of)


def test_prices_round_up_and_limits_down() -> None:
    prices = Prices.of(Budget(night_usd=0.1234567, month_usd=1, post_usd=0.0000011))
    assert (prices.night, prices.post) == (123_456, 2)
    assert prices.posts_for(100, most=100) == 0
    assert Prices.of(Budget(night_usd=1, month_usd=1, post_usd=0, author_usd=0)).posts_for(
        0, most=100
    ) == 100  # fmt: skip


def test_the_tighter_limit_counts() -> None:
    assert a_purse({}).left == 1_000_000
    assert a_purse({"2026-11-03": 4_700_000}).left == 300_000
    assert a_purse({"2026-11-03": 4_700_000}).tightest == "month"
    assert a_purse({"2026-10-31": 4_700_000}).left == 1_000_000
    assert a_purse({"2026-11-17": 600_000}).left == 400_000
    assert a_purse({"2026-11-17": 600_000}, night_usd=0.5).left < 0


def test_days_are_utc_and_old_ones_are_forgotten() -> None:
    east = datetime(2026, 12, 1, 0, 30, tzinfo=UTC).astimezone()
    purse = a_purse({"2026-09-01": 1, "2026-11-30": 2}, east)
    purse.pay(7)
    assert purse.spent == {"2026-11-30": 2, "2026-12-01": 7}
    purse.pay(-9)
    assert purse.tonight == 0


def test_a_first_night_reads_all_and_an_unread_one_is_taken_in() -> None:
    first = Walk().at_night(("a",), NIGHT_1)
    assert first.stretches == (Stretch(query="a", until_at=NIGHT_1 - INDEX_DELAY),)
    assert first.at_night(("a",), NIGHT_1) == first
    second = first.at_night(("a",), NIGHT_2)
    assert second.stretches == (Stretch(query="a", until_at=NIGHT_2 - INDEX_DELAY),)


def test_a_half_read_night_leaves_a_hole_below() -> None:
    first = Walk().at_night(("a",), NIGHT_1)
    at = NIGHT_1 - timedelta(hours=1)
    read = first.after_page(first.stretches[0], {90: at, 80: at}, is_last=False)
    assert (read.newest_id, read.stretches[0].until_id) == (90, 80)
    second = read.at_night(("a",), NIGHT_2)
    hole, new = second.stretches
    assert (hole.since_id, hole.until_id) == (0, 80)
    assert (new.since_id, new.until_id) == (90, 0)
    assert second.newest_stretch() == new
    ended = second.after_page(new, {}, is_last=True)
    assert (ended.newest_id, ended.stretches) == (90, (hole,))
    late = ended.at_night(("a",), NIGHT_2 + 8 * DAY)
    assert late.has_lost
    assert [stretch.since_id for stretch in late.stretches] == [90]


def test_an_earlier_night_run_again_reads_nothing_new() -> None:
    later = Walk(as_of=NIGHT_2, newest_id=90, newest_at=NIGHT_2)
    back = later.at_night(("a",), NIGHT_1)
    assert back.stretches == ()
    assert [s.since_id for s in back.at_night(("a",), NIGHT_2 + DAY).stretches] == [90]


def read(answer: dict[str, Any], *asked: str) -> Page:
    """A page of that answer."""
    return page_of(answer, as_of=NIGHT_1, cursor={}, position="here", asked=asked)


def test_only_what_x_says_to_be_missing_is_gone_where_a_post_is_odd() -> None:
    errors = [
        {"value": "1", "type": "https://api.twitter.com/2/problems/resource-not-found"},
        {"value": "2", "type": "https://api.twitter.com/2/problems/not-authorized-for-resource"},
        {"value": "4", "type": "https://api.twitter.com/2/problems/operational-disconnect"},
        "odd",
    ]
    page = read({"data": [{"text": "without id"}], "errors": errors}, "1", "2", "3", "4")
    assert [(gone.gone_id, gone.reason) for gone in page.records] == [  # type: ignore[attr-defined]  # all are gone
        ("1", "deleted"),
        ("2", "private"),
    ]
    assert len(page.odd) == 1
    whole = read({"data": [], "errors": errors}, "1", "3", "4")
    assert [gone.gone_id for gone in whole.records] == ["1", "3"]  # type: ignore[attr-defined]  # all are gone


@pytest.mark.parametrize(
    ("account", "reason"),
    [({"protected": True}, "private"), ({"withheld": {"country_codes": ["FR"]}}, "withdrawn")],
)
def test_closed_and_withheld_accounts_are_gone(account: dict[str, Any], reason: str) -> None:
    post = {"id": "1", "author_id": "9", "text": "Bonjour", "created_at": NIGHT_1.isoformat()}
    users = [{"id": "9", "username": "Ana", **account}]
    page = read({"data": [post], "includes": {"users": users}})
    (gone,) = page.records
    assert (gone.gone_id, gone.reason) == ("ana", reason)  # type: ignore[attr-defined]  # it is gone
    assert page.count_opted_out == 1


def test_a_post_without_its_author_is_odd_and_stops_nothing() -> None:
    post = {"author_id": "9", "text": "Bonjour", "created_at": NIGHT_1.isoformat(), "lang": "qme"}
    users = [{"id": "9", "username": "ana"}, {"id": "8", "username": "not a name"}]
    data = [{**post, "id": "1"}, {**post, "id": "2", "author_id": "8"}, {**post, "id": "x"}]
    page = read({"data": data, "includes": {"users": users}})
    assert [record.kind for record in page.records] == ["author", "post"]  # type: ignore[attr-defined]  # every kind has it
    assert len(page.odd) == 3
    assert page.records[1].language is None  # type: ignore[attr-defined]  # it is a post
