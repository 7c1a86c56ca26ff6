"""Where a source stands: `state/<source_id>.json`, moved only after a page is durable."""

from __future__ import annotations

__all__ = ["MAX_ODD", "State", "read_state", "write_state"]

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, Field, ValidationError

from cities.folder import CityFolder, run_id_of
from collectors.durable import write_durably
from collectors.errors import StateError
from collectors.landing import Counts, OddRecord
from collectors.recent import RecentPost

MAX_ODD = 100


class State(BaseModel):
    """Cursor of a source, and the account of its night so far.

    `next_seq`: number of the next landing file of `run_id`. `recent`: by the platform's own id.
    `authors`: those landed (`collectors.known`).
    """

    run_id: str = ""
    next_seq: int = 0
    cursor: dict[str, Any] = Field(default_factory=dict)
    recent: dict[str, RecentPost] = Field(default_factory=dict)
    authors: dict[str, date] = Field(default_factory=dict)
    counts: Counts = Counts()
    odd: tuple[OddRecord, ...] = ()

    def at_night(self, as_of: datetime) -> State:
        """The state in which the night of `as_of` goes on, or begins."""
        run_id = run_id_of(as_of)
        if self.run_id == run_id:
            return self
        return State(run_id=run_id, cursor=self.cursor, recent=self.recent, authors=self.authors)


def read_state(folder: CityFolder, source_id: str) -> State:
    """The state of a source, empty when it never ran; `StateError` when it is broken."""
    path = folder.state_file(source_id)
    try:
        return State.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return State()
    except ValidationError:
        raise StateError(
            f"{source_id}: {path.name} in state/ is broken; "
            "remove it, and the next run reads the history again"
        ) from None


def write_state(folder: CityFolder, source_id: str, state: State) -> None:
    """Replace the state of a source, durably."""
    write_durably(folder.state_file(source_id), state.model_dump_json().encode())
