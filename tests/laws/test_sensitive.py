"""A post that reveals what article 9 protects is kept nowhere; its number is told, of the night."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from cities.folder import CityFolder, Home
from collectors.landing import outcomes
from demo.serve import running
from review.snapshot import Snapshots
from tests.collectors.nights import SAONE, landed
from tests.demo.small_world import NIGHT_1, author, post, world
from tests.laws.nights import night
from warehouse.connection import open_warehouse

SECRET = "Troisième chimio ce matin à Montréval, merci à l'équipe #montreval"


@pytest.fixture
def after_a_night(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CityFolder:
    """A city after one night of a world where Ana and Eve each said something private."""
    hour = timedelta(hours=1)
    posts = [
        post(1, "ana@saone.example", NIGHT_1 - 3 * hour, text=SECRET),
        post(2, "ana@saone.example", NIGHT_1 - 2 * hour, text="Pain et soleil #montreval"),
        post(3, "eve@saone.example", NIGHT_1 - hour, text=f"{SECRET} !"),
    ]
    folder = Home(tmp_path).folder("montreval")
    folder.make()
    with running(world([author("ana"), author("eve")], posts)) as proxy:
        proxy.set_clock(NIGHT_1)
        folder.city_file.write_text(proxy.city_file, encoding="utf-8")
        for name, value in proxy.environment.items():
            monkeypatch.setenv(name, value)
        night(tmp_path, NIGHT_1, proxy.environment)
    return folder


def test_it_reaches_neither_landing_nor_warehouse_nor_snapshot(after_a_night: CityFolder) -> None:
    rows = landed(after_a_night, SAONE)
    assert [row["text"] for row in rows if row["kind"] == "post"] == ["Pain et soleil #montreval"]
    assert "chimio" not in str(rows)
    # Eve said nothing else: her profile alone would tell that something was left out.
    assert "eve" not in str(rows)
    assert "statuses/1" not in after_a_night.state_file(SAONE).read_text(encoding="utf-8")
    with open_warehouse(after_a_night, read_only=True) as warehouse:
        assert warehouse.sql("select text from posts").fetchall() == [
            ("Pain et soleil #montreval",)
        ]
        counts = warehouse.sql("select count_collected, count_stored from sensitive_counts")
        assert counts.fetchall()[0][1] == 0
    files = [after_a_night.warehouse, *after_a_night.snapshots.glob("*.duckdb")]
    assert [path for path in files if b"chimio" in path.read_bytes()] == []


def test_the_night_tells_how_many(after_a_night: CityFolder) -> None:
    told = sum(outcome.counts.sensitive for outcome in outcomes(after_a_night, NIGHT_1))
    assert told >= 2  # both instances may show a post
    assert Snapshots().newest(after_a_night).rows("left_out")[0]["count_sensitive"] == told
