"""Reading anew all that an earlier model read, before the operator's eyes."""

from __future__ import annotations

__all__ = ["rescore_all"]

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from cities.folder import CityFolder
from scoring.rescore import rescore
from scoring.score_runs import Progress as Waiting


def rescore_all(folder: CityFolder, *, console: Console) -> None:
    """Read the whole backlog under a bar; what was done stays done, however it ends."""
    folder.city()
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console) as shown:
        task = shown.add_task(f"{folder.city_id}: posts read with today's models", total=None)

        def tell(waiting: Waiting) -> None:
            count = waiting.count_posts
            shown.update(task, total=count, completed=count - waiting.count_waiting)

        left = rescore(folder, tell=tell)
    console.print(f"{folder.city_id}: {left.count_posts - left.count_waiting} of {left.count_posts}"
                  " posts are read with today's models; the next night publishes it.",
                  highlight=False)  # fmt: skip
