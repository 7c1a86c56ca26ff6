"""Each night, for each city: brief → collect → load → score → propose → publish → verdict.

A task calls one run function and may be killed and rerun. `load` runs once all sources have ended:
a failed one stops nothing, and `verdict` then fails the run. XCom carries source ids and counts.
"""

from __future__ import annotations

from typing import Any

from airflow.sdk import DAG, task

import collectors.run
import decisions.brief
import outreach.run
import scoring.run
import warehouse.load
import warehouse.publish
from dags.night import RETRIES, SETTINGS, end_with, judge, night, timetable


@task
def brief() -> list[str]:
    """Write what people decided; returns the ids of the city's sources."""
    folder, as_of = night()
    decisions.brief.write_brief(folder, as_of, settings=SETTINGS)
    return [source.source_id for source in folder.city().sources]


@task(pool="platforms")
def collect(source_id: str) -> dict[str, int]:
    """Land what one source gives."""
    folder, as_of = night()
    outcome = collectors.run.collect(folder, source_id, as_of, settings=SETTINGS)
    end_with(outcome.state, outcome.sentence)
    return outcome.counts.model_dump()


@task(trigger_rule="all_done")
def load() -> None:
    """Load what has landed, whichever sources failed."""
    warehouse.load.load(*night(), settings=SETTINGS)


@task
def score() -> None:
    """Score what is new."""
    scoring.run.score(*night())


@task
def propose() -> None:
    """Propose the team and the invitations."""
    outreach.run.propose(*night())


@task
def publish() -> None:
    """Publish the snapshot that pages read."""
    warehouse.publish.publish(*night(), settings=SETTINGS)


@task(trigger_rule="all_done", retries=0)
def verdict(**context: Any) -> None:
    """Fail the run when a task failed."""
    judge(context)


for folder in SETTINGS.home.folders():
    with DAG(
        dag_id=f"nightly_{folder.city_id}",
        schedule=timetable(folder),
        catchup=False,
        max_active_runs=1,
        default_args=RETRIES,
        doc_md=__doc__,
    ) as dag:
        collected = collect.expand(source_id=brief())
        collected >> load() >> score() >> propose() >> publish() >> verdict()
    globals()[dag.dag_id] = dag
