"""What the tasks of a night share: which city, which moment, and how an outcome ends a task."""

from __future__ import annotations

__all__ = ["RETRIES", "SETTINGS", "end_with", "judge", "night", "timetable"]

from datetime import datetime, timedelta
from typing import Any

from airflow.sdk import CronTriggerTimetable, get_current_context
from airflow.sdk.exceptions import AirflowException, AirflowFailException, AirflowSkipException

from cities.errors import CityFileError
from cities.folder import CityFolder
from cities.settings import load_settings

SETTINGS = load_settings()
RETRIES = {"retries": 2, "retry_delay": timedelta(seconds=SETTINGS.retry_seconds)}
FAILED = ("failed", "upstream_failed")


def timetable(folder: CityFolder) -> CronTriggerTimetable | None:
    """The city's schedule; none when its file is broken: its brief task then says what is wrong."""
    try:
        city = folder.city()
    except CityFileError:
        return None
    return CronTriggerTimetable(city.schedule, timezone=city.timezone)


def night() -> tuple[CityFolder, datetime]:
    """The city's folder and the `as_of` of this run: a manual run may have no logical date."""
    context = get_current_context()
    run, city_id = context["dag_run"], context["dag"].dag_id.removeprefix("nightly_")
    as_of: datetime = run.logical_date or run.run_after
    return SETTINGS.home.folder(city_id), as_of.replace(microsecond=0)


def end_with(state: str, sentence: str) -> None:
    """End a source's task: a wait asks Airflow for a retry, a failure does not.

    A source that its city file leaves off is skipped: it fails nothing, the rest of the night runs.
    """
    if state == "off":
        raise AirflowSkipException(sentence)
    if state == "waiting":
        raise AirflowException(sentence)
    if state != "done":
        raise AirflowFailException(sentence)


def judge(context: Any) -> None:
    """Fail the run by name of the tasks that failed; the pages are published all the same."""
    run = context["dag_run"]
    states = context["ti"].get_task_states(dag_id=run.dag_id, run_ids=[run.run_id])[run.run_id]
    lacking = sorted(task_id for task_id, state in states.items() if state in FAILED)
    if lacking:
        raise AirflowFailException(f"this night lacks: {', '.join(lacking)}")
