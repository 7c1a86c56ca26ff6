"""Bad input: the run ends, other sources complete, one sentence names source, field and mend."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest

from collectors.landing import Outcome
from collectors.run import collect
from decisions.brief import write_brief
from demo.serve import Proxy
from review.snapshot import Row, Snapshots
from tests.constants import NIGHT_1, NIGHT_2
from tests.laws.nights import Stage, new_stage, run_night
from warehouse.connection import open_warehouse

HALLE = "halle.example"
SOURCE = "mastodon-halle"
TAGS = "/api/v1/timelines/tag"
# It strikes in the middle of the history.
AFTER_A_PAGE = {"host": HALLE, "path": TAGS, "skip": 1, "times": None}


def sources(stage: Stage) -> dict[str, Row]:
    """What the pages say of each source."""
    return {row["source_id"]: row for row in Snapshots().newest(stage.folder).rows("sources")}


def ask(stage: Stage, sql: str) -> list[tuple[Any, ...]]:
    """Rows of the warehouse."""
    with open_warehouse(stage.folder, read_only=True) as warehouse:
        return warehouse.execute(sql).fetchall()


def collected(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Outcome:
    """How the night of the one source ended, in this process: only variables send it."""
    for name, value in stage.environment.items():
        monkeypatch.setenv(name, value)
    write_brief(stage.folder, NIGHT_1, settings=stage.settings)
    return collect(stage.folder, SOURCE, NIGHT_1, settings=stage.settings)


@pytest.mark.parametrize(
    ("fault", "state"),
    [
        ({"kind": "expired"}, "failed"),
        ({"kind": "limited", "retry_after_seconds": 900}, "waiting"),
        ({"kind": "html"}, "failed"),
        ({"kind": "garbage"}, "failed"),
        ({"kind": "truncated"}, "failed"),
        ({"kind": "status", "status": 404}, "failed"),
        ({"kind": "status", "status": 503}, "waiting"),
        ({"kind": "cut"}, "waiting"),
    ],
    ids=lambda value: value.get("status", value["kind"]) if isinstance(value, dict) else value,
)
def test_a_source_that_fails_is_told_in_one_sentence(
    proxy: Proxy,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    fault: dict[str, Any],
    state: str,
) -> None:
    proxy.set_faults([AFTER_A_PAGE | fault])
    told = collected(new_stage(tmp_path / "data", proxy), monkeypatch)
    assert told.state == state
    assert SOURCE in told.sentence or HALLE in told.sentence
    assert "\n" not in told.sentence


@pytest.mark.parametrize(
    ("fault", "state"),
    [({"kind": "garbage"}, "failed"), ({"kind": "cut"}, "waiting")],
    ids=("failed", "waiting"),
)
def test_a_source_that_fails_stops_nothing_else(
    proxy: Proxy, tmp_path: Path, fault: dict[str, Any], state: str
) -> None:
    stage = new_stage(tmp_path / "data", proxy)
    proxy.set_faults([AFTER_A_PAGE | fault])
    run_night(stage, NIGHT_1)
    told = sources(stage)
    assert told[SOURCE]["state"] == state
    sentence = told[SOURCE]["sentence"]
    assert SOURCE in sentence or HALLE in sentence
    assert "\n" not in sentence
    assert told["mastodon-saone"]["state"] == told["bodacc"]["state"] == "done"
    assert told["mastodon-saone"]["count_posts"] > 0
    assert Snapshots().newest(stage.folder).rows("counts", blocked=[])[0]["count_ranked"] > 0


def test_a_source_that_comes_back_loses_nothing(
    first_night: Stage, proxy: Proxy, tmp_path: Path
) -> None:
    stage = new_stage(tmp_path / "data", proxy)
    proxy.set_faults([AFTER_A_PAGE | {"kind": "cut"}])
    run_night(stage, NIGHT_1)
    proxy.set_faults([])
    run_night(stage, NIGHT_1)
    ids = "select post_id, source_ids from posts order by post_id"
    whole = [(post_id, sorted(source_ids)) for post_id, source_ids in ask(first_night, ids)]
    assert [(post_id, sorted(found)) for post_id, found in ask(stage, ids)] == whole
    assert {row["state"] for row in sources(stage).values()} == {"done"}


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "set", "field": "created_at", "value": "hier"},
        {"kind": "set", "field": "favourites_count", "value": -3},
        {"kind": "set", "field": "content", "value": "a" * 10_000_000},
        {"kind": "set", "field": "account.acct", "value": None},
        {"kind": "remove", "field": "uri"},
        {"kind": "remove", "field": "account"},
    ],
    ids=lambda fault: f"{fault['kind']}-{fault['field']}",
)
def test_an_odd_record_is_counted_and_skipped(
    proxy: Proxy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: dict[str, Any]
) -> None:
    proxy.set_faults([{"host": HALLE, "path": TAGS, "position": 0, "times": 1} | fault])
    told = collected(new_stage(tmp_path / "data", proxy), monkeypatch)
    assert (told.state, told.counts.odd) == ("done", 1)
    assert told.odd[0].position
    assert told.odd[0].cause


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "set", "field": "content", "value": "<p>nul \x00 et \ud800 seul</p>"},
        {"kind": "set", "field": "a_field_of_tomorrow", "value": {"x": 1}},
    ],
    ids=["nul-and-surrogate", "unknown-field"],
)
def test_what_can_be_read_is_read(
    proxy: Proxy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: dict[str, Any]
) -> None:
    proxy.set_faults([{"host": HALLE, "path": TAGS, "position": 0, "times": 1} | fault])
    told = collected(new_stage(tmp_path / "data", proxy), monkeypatch)
    assert (told.state, told.counts.odd) == ("done", 0)


def test_broken_landing_files_are_rejected_with_cause_and_line(
    first_night: Stage, proxy: Proxy, tmp_path: Path
) -> None:
    proxy.set_clock(NIGHT_2)
    stage = first_night.copy(tmp_path / "data")
    landing = stage.folder.landing(SOURCE)
    good = gzip.decompress(min(landing.glob("*.ndjson.gz")).read_bytes())
    (landing / "20261117T020000Z-90000.ndjson.gz").write_bytes(gzip.compress(good)[:-40])
    (landing / "20261117T020000Z-90001.ndjson.gz").write_bytes(
        gzip.compress(b'{"kind": "post", "platform"\n<html></html>\n\n{"kind": "parrot"}\n')
    )
    (landing / "20261117T020000Z-90002.ndjson.gz").write_bytes(b"no gzip at all")
    run_night(stage, NIGHT_2)
    rejects = ask(stage, "select file, line, cause from rejects order by file, line")
    assert {file[-15:-10] for file, _, _ in rejects} == {"90000", "90001", "90002"}
    assert [line for file, line, _ in rejects if "90001" in file][:2] == [1, 2]
    assert all(cause and "\n" not in cause for _, _, cause in rejects)
    assert {row["state"] for row in sources(stage).values()} == {"done"}
