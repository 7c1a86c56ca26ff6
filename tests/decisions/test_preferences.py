"""Whom analysts would rather ask, and the weights that a person accepts."""

from __future__ import annotations

import pytest

from cities.brief import Account
from cities.effective import effective_city, own_ranking
from cities.folder import CityFolder
from cities.settings import Settings
from decisions import members, objections, preferences, rules, weights
from decisions.brief import write_brief
from decisions.erasure import forget, forget_in_briefs, holds, holds_in_briefs
from decisions.errors import MalformedError, RefusedError, UnknownError
from decisions.members import Agreement
from decisions.store import Store
from tests.constants import NIGHT_1, NIGHT_2
from tests.decisions.conftest import LATER, LOU, NOW, ZOE, Acting, entries

BEA = Account(platform="x", author_id="bea")
PROPOSED = {"reach": 0.2, "affinity": 0.7, "regularity": 0.1}


def said(store: Store) -> list[tuple[Account, Account, str]]:
    with store.reading() as session:
        found = preferences.all_preferences(session, "montreval")
    return [(one.preferred, one.other, one.theme) for one in found]


def test_the_last_word_of_one_analyst_counts_and_two_may_differ(
    store: Store, acting: Acting, folder: CityFolder, settings: Settings
) -> None:
    with acting() as act:
        first = preferences.prefer(act, LOU, ZOE)
        assert preferences.prefer(act, LOU, ZOE) == first
        preferences.prefer(act, LOU, ZOE, theme="wine")
    with acting(LATER) as act:
        preferences.prefer(act, ZOE, LOU)
    with store.act("montreval", actor="M. Petit", at=LATER) as act:
        preferences.prefer(act, LOU, ZOE)
    assert sorted(said(store), key=str) == sorted(
        [(LOU, ZOE, "wine"), (ZOE, LOU, ""), (LOU, ZOE, "")], key=str
    )
    write_brief(folder, NIGHT_1, settings=settings)
    assert len(folder.brief(NIGHT_1).preferences) == 3


def test_a_preference_is_taken_back_whole(store: Store, acting: Acting) -> None:
    with acting() as act:
        preference_id = preferences.prefer(act, LOU, ZOE)
    with pytest.raises(UnknownError, match="no such"), acting(city_id="chalon") as act:
        preferences.withdraw(act, preference_id)
    with acting() as act:
        preferences.withdraw(act, preference_id)
    assert said(store) == []
    with store.reading() as session:
        kinds = [entry.kind for entry in entries(session)]
    assert kinds == ["preference_withdrawn", "preference_said"]


def test_nobody_is_preferred_to_themselves_nor_for_a_theme_unknown_here(acting: Acting) -> None:
    shouted = Account(platform="mastodon", author_id="@LOU@saone.example")
    with pytest.raises(MalformedError, match="the same author"), acting() as act:
        preferences.prefer(act, LOU, shouted)
    with pytest.raises(MalformedError, match="theme: is not known"), acting() as act:
        preferences.prefer(act, LOU, ZOE, theme="health")


@pytest.mark.parametrize("is_preferred", [True, False])
def test_who_objects_leaves_with_every_preference_that_names_them(
    store: Store, acting: Acting, is_preferred: bool
) -> None:
    pair = (LOU, ZOE) if is_preferred else (ZOE, LOU)
    with acting() as act:
        preferences.prefer(act, *pair)
        preferences.prefer(act, ZOE, BEA)
        objections.block(act, LOU)
        with pytest.raises(RefusedError, match="objected"):
            preferences.prefer(act, *pair)
    assert said(store) == [(ZOE, BEA, "")]


def test_a_member_who_leaves_takes_them_along(store: Store, acting: Acting) -> None:
    with acting() as act:
        member_id = members.add(act, Agreement("v1", NOW))
        members.link(act, member_id, LOU)
        preferences.prefer(act, ZOE, LOU)
        members.leave(act, member_id)
    assert said(store) == []


def test_an_erased_author_is_in_no_preference(
    acting: Acting, folder: CityFolder, settings: Settings
) -> None:
    with acting() as act:
        preferences.prefer(act, ZOE, LOU)
        preferences.prefer(act, ZOE, BEA)
    write_brief(folder, NIGHT_1, settings=settings)
    assert "preference_sides.author_id (montreval)" in holds(settings, LOU)
    assert holds_in_briefs(folder, LOU) == [folder.brief_file(NIGHT_1)]
    forget(settings, folder, LOU, actor="La déléguée", at=LATER)
    forget_in_briefs(folder, LOU, settings=settings)
    assert (holds(settings, LOU), holds_in_briefs(folder, LOU)) == ([], [])
    assert [one.other for one in folder.brief(NIGHT_1).preferences] == [BEA]


def test_accepted_weights_stand_over_the_citys_until_they_are_put_back(
    store: Store, acting: Acting, folder: CityFolder, settings: Settings
) -> None:
    with acting() as act:
        rules.change(act, folder.city(), rule="ranking.reach", value=0.4)
        weights.accept(act, "w-0f", **PROPOSED)
        with pytest.raises(RefusedError, match="put them back first"):
            rules.change(act, folder.city(), rule="ranking.reach", value=0.5)
        rules.change(act, folder.city(), rule="ranking.newcomers_share", value=0.1)
    write_brief(folder, NIGHT_1, settings=settings)
    brief = folder.brief(NIGHT_1)
    ranking = effective_city(folder.city(), brief).ranking
    assert {name: getattr(ranking, name) for name in PROPOSED} == PROPOSED
    assert ranking.newcomers_share == 0.1
    assert own_ranking(folder.city(), brief).reach == 0.4
    with acting(LATER) as act:
        weights.put_back(act)
    write_brief(folder, NIGHT_2, settings=settings)
    assert effective_city(folder.city(), folder.brief(NIGHT_2)).ranking.reach == 0.4
    with pytest.raises(UnknownError, match="nothing to put back"), acting() as act:
        weights.put_back(act)
    with store.reading() as session:
        kinds = [entry.kind for entry in entries(session)]
    assert kinds[:2] == ["weights_put_back", "rule_changed"]


@pytest.mark.parametrize(
    "wrong",
    [{"reach": -0.1}, {"reach": float("nan")}, {"reach": 0.0, "affinity": 0.0, "regularity": 0.0}],
)
def test_weights_that_no_ranking_could_use_are_refused(
    acting: Acting, wrong: dict[str, float]
) -> None:
    with pytest.raises(MalformedError, match="weights: must be"), acting() as act:
        weights.accept(act, "w-0f", **PROPOSED | wrong)
