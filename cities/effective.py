"""The city as one night sees it: the city file, with what people decided over it."""

from __future__ import annotations

__all__ = ["effective_city"]

from pydantic import ValidationError

from cities.brief import Brief
from cities.errors import PortevoixError
from cities.model import City

OVERRIDABLE = ("ranking", "team", "retention")


def effective_city(city: City, brief: Brief) -> City:
    """The city file with the brief's settings over it; `PortevoixError` when they do not fit."""
    data = city.model_dump(mode="json")
    for block, values in brief.settings.items():
        if block not in OVERRIDABLE:
            raise PortevoixError(
                f"brief: settings.{block} cannot be overridden; use one of {', '.join(OVERRIDABLE)}"
            )
        data[block] |= values
    try:
        return City.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        field = ".".join(map(str, first["loc"]))
        raise PortevoixError(f"brief: settings.{field}: {first['msg']}; decide it again") from None
