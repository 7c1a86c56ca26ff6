"""The geometry of charts: pure numbers, drawn by templates as inline SVG.

Charts carry no text and no style of their own: words stand beside them in HTML, where they grow
with the reader's font, and the style sheet colours them.
"""

from __future__ import annotations

__all__ = ["Bar", "Column", "Span", "bar_of", "columns_of", "part_of", "span_of"]

from collections.abc import Sequence
from dataclasses import dataclass

CHART_WIDTH = 600.0
CHART_HEIGHT = 120.0
HALF_BAR = 100.0
SPAN_WIDTH = 100.0


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a chart 600 wide; `count` is None where the figure is withheld.

    `is_partial`: its week is still under way.
    """

    x: float
    y: float
    width: float
    height: float
    count: int | None
    is_partial: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """One contribution on an axis 200 wide with zero in the middle."""

    x: float
    width: float
    is_for: bool


@dataclass(frozen=True, slots=True)
class Span:
    """An interval and its value on an axis 100 wide."""

    low: float
    value: float
    high: float


def columns_of(
    counts: Sequence[int | None], *, highest: int, is_last_partial: bool = False
) -> tuple[Column, ...]:
    """One column a count, the highest 120 high.

    >>> [(c.x, c.height) for c in columns_of([5, None, 10], highest=10)]
    [(0.0, 60.0), (200.0, 0.0), (400.0, 120.0)]
    """
    step = CHART_WIDTH / max(len(counts), 1)
    columns = []
    for position, count in enumerate(counts):
        height = round(CHART_HEIGHT * (count or 0) / max(highest, 1), 2)
        x, y = round(step * position, 2), round(CHART_HEIGHT - height, 2)
        is_partial = is_last_partial and position == len(counts) - 1
        columns.append(Column(x, y, round(step * 0.76, 2), height, count, is_partial))
    return tuple(columns)


def bar_of(contribution: float, *, largest: float) -> Bar:
    """A bar to the right of the axis for a contribution for, to the left for one against.

    >>> bar_of(-1, largest=2)
    Bar(x=50.0, width=50.0, is_for=False)
    """
    width = round(HALF_BAR * min(abs(contribution) / largest, 1), 2) if largest else 0.0
    is_for = contribution >= 0
    return Bar(HALF_BAR if is_for else HALF_BAR - width, width, is_for)


def part_of(amount: float, *, largest: float) -> float:
    """How long a bar on an axis 100 wide is, the largest being whole.

    >>> part_of(1, largest=4)
    25.0
    """
    return round(SPAN_WIDTH * min(max(amount / largest, 0), 1), 2) if largest else 0.0


def span_of(low: float, value: float, high: float, *, ends: tuple[float, float]) -> Span:
    """An interval on an axis that goes from `ends[0]` to `ends[1]`.

    >>> span_of(1, 2, 3, ends=(0, 4))
    Span(low=25.0, value=50.0, high=75.0)
    """
    least, most = ends
    width = (most - least) or 1.0
    low_x, value_x, high_x = (
        round(SPAN_WIDTH * min(max((number - least) / width, 0), 1), 2)
        for number in (low, value, high)
    )
    return Span(low_x, value_x, high_x)
