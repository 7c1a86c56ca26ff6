"""Who opts out later, or withdraws one post: what of the earlier nights is told to be gone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cities.folder import CityFolder
from cities.settings import Settings
from collectors.run import collect
from collectors.state import read_state
from tests.collectors.conftest import Serve
from tests.collectors.nights import SAONE, landed, write_briefs
from tests.demo.small_world import NIGHT_1, NIGHT_2, author, post, world

ANA, EVE = "ana@saone.example", "eve@saone.example"
HOUR = timedelta(hours=1)


def test_who_opts_out_later_is_withdrawn_and_forgotten(
    serve: Serve, folder: CityFolder, settings: Settings
) -> None:
    posts = [post(1, ANA, NIGHT_1 - 100 * HOUR), post(2, EVE, NIGHT_1 - 100 * HOUR)]
    write_briefs(folder)
    serve(world([author("ana"), author("eve")], posts)).set_clock(NIGHT_1)
    collect(folder, SAONE, NIGHT_1, settings=settings)
    serve(world([author("ana", noindex=True), author("eve")], posts)).set_clock(NIGHT_2)
    outcome = collect(folder, SAONE, NIGHT_2, settings=settings)
    (gone,) = landed(folder, SAONE, "gone")
    assert (gone["what"], gone["gone_id"], gone["reason"]) == ("author", ANA, "withdrawn")
    assert (outcome.counts.opted_out, outcome.counts.posts) == (1, 1)
    assert "ana" not in folder.state_file(SAONE).read_text(encoding="utf-8")


def nights_of_ana(
    serve: Serve, folder: CityFolder, settings: Settings, *, first: Any, second: Any, **marks: Any
) -> list[dict[str, Any]]:
    """Two nights: `first` is ana's post of the first, `second` of the second, with `marks`."""
    write_briefs(folder)
    serve(world([author("ana")], first)).set_clock(NIGHT_1)
    collect(folder, SAONE, NIGHT_1, settings=settings)
    serve(world([author("ana", **marks)], [*first, *second])).set_clock(NIGHT_2)
    collect(folder, SAONE, NIGHT_2, settings=settings)
    return landed(folder, SAONE, "gone")


@pytest.mark.parametrize(
    "marks", [{"noindex": True}, {"indexable": False}, {"bio": "#nobot"}, {"is_locked": True}]
)
def test_who_opts_out_takes_posts_of_months_ago_along(
    serve: Serve, folder: CityFolder, settings: Settings, marks: dict[str, Any]
) -> None:
    old, new = post(1, ANA, NIGHT_1 - timedelta(days=90)), post(2, ANA, NIGHT_2 - HOUR)
    found = nights_of_ana(serve, folder, settings, first=[old], second=[new], **marks)
    assert [(row["what"], row["gone_id"], row["reason"]) for row in found] == [
        ("author", ANA, "withdrawn")
    ]
    assert "ana" not in folder.state_file(SAONE).read_text(encoding="utf-8")


def test_who_was_never_landed_is_not_written_down_as_gone(
    serve: Serve, folder: CityFolder, settings: Settings
) -> None:
    new = [post(1, ANA, NIGHT_2 - HOUR), post(2, ANA, NIGHT_2 - HOUR)]
    assert not nights_of_ana(serve, folder, settings, first=[], second=new, noindex=True)


def test_one_post_made_private_leaves_alone(
    serve: Serve, folder: CityFolder, settings: Settings
) -> None:
    first = post(1, ANA, NIGHT_1 - HOUR)
    changed = post(1, ANA, NIGHT_1 - HOUR, visibility="unlisted")
    write_briefs(folder)
    for posts, night in (([first], NIGHT_1), ([changed], NIGHT_2)):
        serve(world([author("ana")], posts)).set_clock(night)
        collect(folder, SAONE, night, settings=settings)
    (gone,) = landed(folder, SAONE, "gone")
    assert (gone["what"], gone["reason"]) == ("post", "private")


def test_an_author_is_remembered_as_long_as_their_posts_are_kept(
    serve: Serve, folder: CityFolder, settings: Settings
) -> None:
    old = post(1, ANA, NIGHT_1 - timedelta(days=90))
    write_briefs(folder, NIGHT_1)
    write_briefs(folder, NIGHT_2, settings={"retention": {"posts_days": 60}})
    proxy = serve(world([author("ana")], [old]))
    for night, count in ((NIGHT_1, 1), (NIGHT_2, 0)):
        proxy.set_clock(night)
        collect(folder, SAONE, night, settings=settings)
        assert len(read_state(folder, SAONE).authors) == count
