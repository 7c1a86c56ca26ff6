"""People choose among the themes that their city follows, its own too."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from cities.folder import CityFolder
from decisions import corrections, members, occasions
from decisions.errors import MalformedError
from decisions.members import Agreement
from decisions.models import Member, Occasion
from decisions.occasions import Plan
from decisions.store import Store
from tests.cities.test_themes import BOATING, LISTED
from tests.decisions.conftest import LOU, NOW, Acting


@pytest.fixture
def boating(folder: CityFolder) -> None:
    """The city follows a theme of its own, and no longer wine."""
    text = LISTED.replace("  - wine\n", "")
    folder.city_file.write_text(text + BOATING, encoding="utf-8")


@pytest.mark.usefixtures("boating")
def test_a_theme_of_the_city_s_own_can_be_chosen(store: Store, acting: Acting) -> None:
    with acting() as act:
        member_id = members.add(act, Agreement("2026-09", NOW))
        members.choose_themes(act, member_id, ["boating", "music"])
        corrections.correct(act, LOU, subject="theme", value="boating", reason="misread")
        occasions.open_occasion(act, Plan(kind="project", title="Les quais", theme="boating"))
    with store.reading() as session:
        assert session.scalars(select(Member.themes)).all() == [["boating", "music"]]
        assert [row.value for row in corrections.all_corrections(session, "montreval")] == [
            "boating"
        ]
        assert session.scalars(select(Occasion.theme)).all() == ["boating"]


@pytest.mark.usefixtures("boating")
def test_a_theme_that_the_city_does_not_follow_is_none(acting: Acting) -> None:
    with acting() as act:
        member_id = members.add(act, Agreement("2026-09", NOW))
    with pytest.raises(MalformedError, match=r"themes: is not known; .*boating"), acting() as act:
        members.choose_themes(act, member_id, ["wine"])
    with pytest.raises(MalformedError, match="value: is not known"), acting() as act:
        corrections.correct(act, LOU, subject="theme", value="wine", reason="misread")
    with pytest.raises(MalformedError, match="theme: is not known"), acting() as act:
        occasions.open_occasion(act, Plan(kind="project", title="Fête", theme="wine"))
