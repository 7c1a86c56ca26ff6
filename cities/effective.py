"""The city as one night sees it: the city file, with what people decided over it."""

from __future__ import annotations

__all__ = ["LEAST_PREFERENCES", "WEIGHTS", "effective_city", "own_ranking"]

from pydantic import ValidationError

from cities.brief import Brief
from cities.errors import PortevoixError
from cities.model import City, RankingRules

OVERRIDABLE = ("ranking", "team", "retention")
# The parts of a place in a ranking, each with a weight.
WEIGHTS = ("reach", "affinity", "regularity")
# From how many preferences on other weights are proposed.
LEAST_PREFERENCES = 50


def effective_city(city: City, brief: Brief) -> City:
    """The city file with the brief's settings over it; `PortevoixError` when they do not fit."""
    data = city.model_dump(mode="json")
    for block, values in brief.settings.items():
        if block not in OVERRIDABLE:
            raise PortevoixError(
                f"brief: settings.{block} cannot be overridden; use one of {', '.join(OVERRIDABLE)}"
            )
        data[block] |= values
    if brief.weights is not None:
        data["ranking"] |= {name: getattr(brief.weights, name) for name in WEIGHTS}
    try:
        return City.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        field = ".".join(map(str, first["loc"]))
        raise PortevoixError(f"brief: settings.{field}: {first['msg']}; decide it again") from None


def own_ranking(city: City, brief: Brief) -> RankingRules:
    """The rules of the rankings without accepted weights: the city file, and rules set over it."""
    return effective_city(city, brief.model_copy(update={"weights": None})).ranking
