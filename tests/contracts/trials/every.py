"""The trials, one a source of the registry."""

from __future__ import annotations

__all__ = ["TRIALS"]

from tests.contracts.trials import (
    blog,
    bodacc,
    imports,
    instagram_official,
    instagram_web,
    mastodon,
    sirene,
    x,
)
from tests.contracts.trials.trial import Trial

TRIALS: tuple[Trial, ...] = (
    mastodon.TRIAL,
    bodacc.TRIAL,
    blog.TRIAL,
    sirene.TRIAL,
    imports.TRIAL,
    x.TRIAL,
    instagram_official.TRIAL,
    instagram_web.TRIAL,
)
