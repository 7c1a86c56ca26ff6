"""Numbers, shares and times as a language writes them; times in the city's zone."""

from __future__ import annotations

__all__ = ["Formats"]

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from typing import Any

from babel.dates import format_date, format_time
from babel.numbers import format_decimal, format_percent
from jinja2 import pass_context
from jinja2.runtime import Context

# The English of Europe: day before month, hours from 0 to 24.
LOCALES = {"fr": "fr_FR", "en": "en_GB"}


@dataclass(frozen=True)
class Formats:
    """The filters of one language. Filters on moments read `zone` in the template's context."""

    language: str

    @property
    def locale(self) -> str:
        """Babel's name of the locale."""
        return LOCALES[self.language]

    def filters(self) -> Mapping[str, Any]:
        """Filter name → function, for Jinja."""
        names = ("number", "fixed", "percent", "signed", "day", "short_day", "moment")
        return {name: getattr(self, name) for name in names}

    def number(self, value: float, digits: int = 0) -> str:
        """A number with at most `digits` decimals: 12 345,6."""
        pattern = "#,##0" + ("." + "#" * digits if digits else "")
        return str(format_decimal(value, format=pattern, locale=self.locale))

    def fixed(self, value: float) -> str:
        """A number with two decimals, so that a column of them reads well: 0,90."""
        return str(format_decimal(value, format="#,##0.00", locale=self.locale))

    def percent(self, value: float) -> str:
        """A share from 0 to 1 as a percentage: 87 %."""
        return str(format_percent(value, locale=self.locale))

    def signed(self, value: float) -> str:
        """A contribution with its sign, true minus included: +1,20."""
        written = str(format_decimal(abs(value), format="0.00", locale=self.locale))
        return ("+" if value >= 0 else "\N{MINUS SIGN}") + written

    @pass_context
    def day(self, context: Context, value: date | datetime) -> str:
        """A day in words: 17 novembre 2026."""
        return str(format_date(_local(value, context), "long", locale=self.locale))

    @pass_context
    def short_day(self, context: Context, value: date | datetime) -> str:
        """A day without its year: 17 nov."""
        return str(format_date(_local(value, context), "d MMM", locale=self.locale))

    @pass_context
    def moment(self, context: Context, value: datetime) -> str:
        """A day and an hour of the city: 17 novembre 2026, 02:30."""
        local = value.astimezone(_zone(context))
        day = format_date(local, "long", locale=self.locale)
        return f"{day}, {format_time(local, 'short', locale=self.locale)}"


def _zone(context: Context) -> tzinfo:
    zone: tzinfo | None = context.get("zone")
    return zone or UTC


def _local(value: date | datetime, context: Context) -> date:
    return value.astimezone(_zone(context)) if isinstance(value, datetime) else value
