"""How often a platform was asked."""

from __future__ import annotations

__all__ = ["questions"]

from demo.serve import Proxy
from tests.contracts.trials.trial import Trial


def questions(proxy: Proxy, trial: Trial) -> int:
    """Requests so far that the faults of this trial would bear on."""
    return sum(
        count
        for host, paths in proxy.requests().items()
        for path, count in paths.items()
        if trial.host in ("", host) and path.startswith(trial.path)
    )
