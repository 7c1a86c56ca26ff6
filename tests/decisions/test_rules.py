"""Numbers of the city file that people set otherwise."""

from __future__ import annotations

import pytest

from cities.effective import effective_city
from cities.folder import CityFolder
from cities.settings import Settings
from decisions import rules
from decisions.brief import write_brief
from decisions.errors import MalformedError, UnknownError
from decisions.store import Store
from tests.constants import NIGHT_1
from tests.decisions.conftest import Acting


def test_a_rule_changes_the_night_and_can_be_given_back(
    acting: Acting, store: Store, folder: CityFolder, settings: Settings
) -> None:
    with acting() as act:
        rules.change(act, folder.city(), rule="team.size", value=8)
        rules.change(act, folder.city(), rule="team.size", value=9)
        rules.change(act, folder.city(), rule="ranking.reach", value=0.5)
    write_brief(folder, NIGHT_1, settings=settings)
    city = effective_city(folder.city(), folder.brief(NIGHT_1))
    assert (city.team.size, city.ranking.reach) == (9, 0.5)
    with acting() as act:
        rules.reset(act, rule="team.size")
    with store.reading() as session:
        assert rules.all_rules(session, "montreval") == {"ranking": {"reach": 0.5}}
    with pytest.raises(UnknownError, match="as the city file says"), acting() as act:
        rules.reset(act, rule="team.size")


@pytest.mark.parametrize(
    ("rule", "value"),
    [("team.size", 0), ("team.size", 1.5), ("team.colour", 3), ("privacy.x", 1), ("size", 3)],
)
def test_a_rule_that_the_city_could_not_be_read_with_is_refused(
    acting: Acting, folder: CityFolder, rule: str, value: float
) -> None:
    with pytest.raises(MalformedError, match="rule: the city file has no such"), acting() as act:
        rules.change(act, folder.city(), rule=rule, value=value)
