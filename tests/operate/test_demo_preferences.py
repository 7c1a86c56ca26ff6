"""The invented analyst of the demo says enough for weights to be proposed, and says it once."""

from __future__ import annotations

from datetime import timedelta

from cities.effective import LEAST_PREFERENCES
from cities.folder import CityFolder
from cities.settings import Settings
from decisions.preferences import all_preferences
from decisions.store import open_store
from operate.demo_preferences import say_preferences
from tests.review.snapshots import AS_OF, night

# Who comes later says more of the city's themes, and reaches fewer.
PARTS = {"reach": -0.009, "affinity": 0.005, "regularity": 0.0}


def test_it_is_said_once_by_what_this_analyst_values(
    folder: CityFolder, settings: Settings
) -> None:
    made = night()
    for at, (theme, position, person, *rest) in enumerate(made.tables["rankings"]):
        number = int(str(person)[1:])
        evidence = [
            {"name": name, "contribution": 0.5 + change * number, "detail": ""}
            for name, change in PARTS.items()
        ]
        made.tables["rankings"][at] = (theme, position, person, *rest[:4], evidence, *rest[5:])
    made.write(folder.snapshot_file(AS_OF))
    at_day = AS_OF + timedelta(hours=8)
    assert say_preferences(folder, at_day, settings=settings) >= LEAST_PREFERENCES
    assert say_preferences(folder, at_day, settings=settings) == 0
    with open_store(settings) as store, store.reading() as session:
        said = all_preferences(session, "montreval")
    later = [one.preferred.author_id > one.other.author_id for one in said]
    assert sum(later) > 0.7 * len(later)


def test_a_night_that_ranks_few_is_left_alone(folder: CityFolder, settings: Settings) -> None:
    night(is_open=False).write(folder.snapshot_file(AS_OF))
    assert say_preferences(folder, AS_OF, settings=settings) == 0
