"""The demo city's own projects name activities and themes that exist."""

from __future__ import annotations

from cities.reading import read_city
from outreach.trades import activities
from tests.constants import ROOT

CITY = read_city(ROOT / "cities" / "examples" / "montreval.yaml")


def test_the_demo_city_has_projects_with_a_known_activity() -> None:
    assert {project.activity for project in CITY.projects} == {"meeting", "photo_walk"}
    assert {project.activity for project in CITY.projects} <= set(activities())


def test_the_projects_bear_on_themes_of_the_city() -> None:
    for project in CITY.projects:
        assert set(project.themes) <= set(CITY.themes)
