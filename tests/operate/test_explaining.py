"""`portevoix explain` tells what a night wrote, and nothing of who objected or was never scored."""

from __future__ import annotations

from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from cities.brief import Account
from cities.errors import PortevoixError
from decisions.objections import block
from decisions.store import open_store
from operate.arguments import Language
from operate.explaining import explain_author
from scoring.explain import explain
from tests.laws.nights import Stage
from warehouse.connection import open_warehouse


@pytest.fixture
def first(first_night: Stage) -> Account:
    """The resident who comes first overall."""
    with open_warehouse(first_night.folder, read_only=True) as connection:
        row = connection.execute(
            "select platform, author_id from persons join rankings using (person_id)"
            " where theme = '' order by rankings.position limit 1"
        ).fetchone()
    assert row
    return Account(platform=row[0], author_id=row[1])


def told(stage: Stage, account: Account, language: Language = "fr") -> str:
    """What the command prints."""
    page = StringIO()
    console = Console(file=page, width=200)
    explain_author(
        stage.folder, account, settings=stage.settings, console=console, language=language
    )
    return page.getvalue()


def test_each_score_is_told_with_its_sum(first_night: Stage, first: Account) -> None:
    found = explain(first_night.folder, first)
    assert found
    text = told(first_night, first)
    for heading in ("Ensemble", "Habite la ville", "Qui tient le compte", "Portée dans la ville"):
        assert f"\n{heading}" in text
    assert text.count("Somme") == len(found.scores) + len(found.ranks)
    for score in found.scores:
        gap = sum(part["contribution"] for part in score["evidence"]) - score["total"]
        assert abs(gap) <= 1e-6, score["score"]
    assert "Poids en usage : portée 55\xa0%, affinité 35\xa0%, régularité 10\xa0%" in text.replace(
        "\u202f", "\xa0"
    )
    assert "(ceux de la ville)" in text
    assert "Lives" not in text
    assert "Lives in the city" in told(first_night, first, "en")


def test_the_posts_that_weigh_most_come_first(first_night: Stage, first: Account) -> None:
    found = explain(first_night.folder, first)
    assert found
    assert {"residency", "reach"} <= {score for score, _ in found.posts}
    for posts in found.posts.values():
        weights = [post["weight"] for post in posts]
        assert weights == sorted(weights, reverse=True)
        assert len(weights) <= 3


def test_who_was_never_scored_is_said_to_be_so(first_night: Stage) -> None:
    nobody = Account(platform="mastodon", author_id="nobody@saone.example")
    with pytest.raises(PortevoixError, match=r"nobody@saone\.example: no night of montreval"):
        told(first_night, nobody)


def test_who_objected_is_told_of_no_more_at_once(
    first_night: Stage, first: Account, tmp_path: Path
) -> None:
    stage = first_night.copy(tmp_path / "data")
    with (
        open_store(stage.settings) as store,
        store.act("montreval", actor="agent", at=datetime(2026, 11, 17, 9, tzinfo=UTC)) as act,
    ):
        block(act, first)
    with pytest.raises(PortevoixError, match="objected"):
        told(stage, first)
