"""Does a source work, and if not, what is to be mended? Lands nothing, moves no cursor."""

from __future__ import annotations

__all__ = ["CheckResult", "check"]

from dataclasses import dataclass
from datetime import datetime

from cities.folder import CityFolder
from cities.settings import Settings
from cities.sources import off_reason
from collectors.errors import CollectError, WaitError
from collectors.registry import open_source

# What a run says of a source that does not answer; no run follows a check.
OF_A_RUN = "; the rest is read by the next try"
MEND = (
    "; check the address in the city file, the network and its proxy (HTTPS_PROXY), then try again"
)


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What one small question to a source showed.

    `sentence` says what works or what to mend. `quota_left`: requests left in the platform's
    window, None when it does not say. `count_sample`: records that the question found. `is_off`:
    the city file leaves it off, which is no failure; the sentence says what would turn it on.
    """

    source_id: str
    platform: str
    is_working: bool
    sentence: str
    quota_left: int | None = None
    count_sample: int = 0
    is_off: bool = False


def check(
    folder: CityFolder, source_id: str, *, settings: Settings, as_of: datetime
) -> CheckResult:
    """Ask a source one small question; never raises for what the source does."""
    city = folder.city()
    platform = city.source(source_id).platform
    if reason := off_reason(city.source(source_id)):
        return CheckResult(source_id, platform, is_working=False, sentence=reason, is_off=True)
    try:
        with open_source(city, source_id, settings) as source:
            probe = source.probe(as_of)
    except CollectError as error:
        sentence = _sentence(error)
        return CheckResult(source_id, platform, is_working=False, sentence=sentence)
    found = "works" if probe.count_sample else "works, but has nothing of the city yet"
    return CheckResult(
        source_id,
        platform,
        is_working=True,
        sentence=f"{source_id}: {found}{probe.sentence and f'; {probe.sentence}'}",
        quota_left=probe.quota_left,
        count_sample=probe.count_sample,
    )


def _sentence(error: CollectError) -> str:
    """What the source's trouble means to somebody who checks, with the mend."""
    said = str(error)
    if not isinstance(error, WaitError):
        return said
    told = said.removesuffix(OF_A_RUN)
    is_quota = error.retry_at is not None or error.wait_seconds is not None
    return f"{told}; try again later, a token raises the quota" if is_quota else f"{told}{MEND}"
