"""Pages follow the newest night, whole, without a restart, and can reach nothing else."""

from __future__ import annotations

import threading
from datetime import timedelta

import httpx
import pytest

from cities.folder import CityFolder
from review.errors import NoSnapshotError
from review.snapshot import Snapshots
from tests.review.snapshots import AS_OF, night
from warehouse.errors import WarehouseError


def test_a_newer_night_is_shown_at_the_next_request(client: httpx.Client, town: CityFolder) -> None:
    assert "17 novembre 2026, 02:30" in client.get("/fr/montreval/").text
    newer = AS_OF + timedelta(days=1)
    night(as_of=newer).write(town.snapshot_file(newer))
    assert "18 novembre 2026, 02:30" in client.get("/fr/montreval/").text


def test_a_night_published_again_under_its_name_is_shown(
    client: httpx.Client, town: CityFolder
) -> None:
    before = client.get("/fr/montreval/habitants").text
    again = night()
    again.tables["residents"] = again.tables["residents"][:5]
    again.write(town.snapshot_file(AS_OF))
    after = client.get("/fr/montreval/habitants").text
    assert "sur 60" in before
    assert "sur 5<" in after


def test_an_old_night_that_was_removed_does_not_come_back(town: CityFolder) -> None:
    snapshots = Snapshots()
    snapshots.newest(town)
    town.snapshot_file(AS_OF).unlink()
    with pytest.raises(NoSnapshotError, match="run `portevoix nightly montreval`"):
        snapshots.newest(town)


def test_a_broken_snapshot_is_one_sentence(town: CityFolder) -> None:
    town.snapshot_file(AS_OF).write_bytes(b"not a database")
    with pytest.raises(NoSnapshotError, match="publish the night again"):
        Snapshots().newest(town)


def test_a_snapshot_is_kept_open_and_read_by_many_threads(town: CityFolder) -> None:
    snapshots = Snapshots()
    counts: list[int] = []

    def read() -> None:
        for _ in range(10):
            row = snapshots.newest(town).rows("counts", blocked=[])[0]
            counts.append(row["count_ranked"])

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counts == [60] * 80
    assert snapshots.newest(town) is snapshots.newest(town)


@pytest.mark.parametrize(
    "text",
    ["'; drop table residents; --", "%", "_____", "\x00", "\N{GRINNING FACE}", "' or 1=1 --"],
)
def test_a_text_is_a_value_and_never_sql(client: httpx.Client, text: str) -> None:
    page = client.get("/fr/montreval/habitants", params={"text": text})
    assert page.status_code == 200
    assert "Aucun habitant ne correspond" in page.text


def test_the_connection_reaches_no_file_and_writes_nothing(town: CityFolder) -> None:
    connection = Snapshots().newest(town)._connection
    for statement in (
        "select * from read_csv('/etc/hostname')",
        "attach '/tmp/other.duckdb'",
        "set enable_external_access = true",
        "delete from snapshot.residents",
    ):
        with pytest.raises(Exception, match=r"Permission|configuration|read-only"):
            connection.execute(statement)


def test_an_error_of_sql_holds_no_value(town: CityFolder) -> None:
    with pytest.raises(WarehouseError) as caught:
        Snapshots().newest(town).rows("resident", blocked="secret", person_id="p01")
    assert "secret" not in str(caught.value)
