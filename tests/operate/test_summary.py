"""The mayor's summary tells the openings that are news, and none that was set aside."""

from __future__ import annotations

from datetime import UTC, datetime
from io import StringIO

from rich.console import Console

from cities.folder import CityFolder
from cities.settings import Settings
from decisions.occasions_aside import set_aside
from decisions.store import open_store
from operate.summary import tell
from tests.review.snapshots import AS_OF, night

OPENING = "A20260001"


def told(folder: CityFolder, settings: Settings) -> str:
    """The French summary."""
    page = StringIO()
    tell(folder, settings, console=Console(file=page, width=400))
    return page.getvalue()


def test_an_opening_that_is_set_aside_leaves_the_summary(
    folder: CityFolder, settings: Settings
) -> None:
    night().write(folder.snapshot_file(AS_OF))
    before = told(folder, settings)
    with (
        open_store(settings) as store,
        store.act("montreval", actor="agent", at=datetime(2026, 11, 17, 9, tzinfo=UTC)) as act,
    ):
        set_aside(act, OPENING, reason="at_home")
    gone = set(before.splitlines()) - set(told(folder, settings).splitlines())
    assert "LES NOUVEAUX COMMERCES" in before
    assert any("2026" in line for line in gone)
