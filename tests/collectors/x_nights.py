"""What tests of X do again and again: a city that reads X alone, its bill, its state."""

from __future__ import annotations

__all__ = ["NIGHTS", "X", "bill_usd", "on_x", "spent_usd"]

import json
from datetime import timedelta
from typing import Any

import yaml

from cities.folder import CityFolder
from demo.serve import Proxy
from tests.collectors.nights import write_briefs
from tests.demo.clients import session
from tests.demo.small_world import NIGHT_1
from tests.demo.x_world import API

X = "x-city"
POST_USD, AUTHOR_USD, COUNT_USD = 0.005, 0.010, 0.005
NIGHTS = tuple(NIGHT_1 + timedelta(days=n) for n in range(5))


def on_x(folder: CityFolder, **fields: Any) -> None:
    """Make the demo city read X alone, with a budget that is never felt unless one is given."""
    city = yaml.safe_load(folder.city_file.read_text(encoding="utf-8"))
    source = {
        "source_id": X,
        "platform": "x",
        "use": "rank",
        "agreement": {"title": "Accord écrit 2026-07", "permits": "rank"},
        "budget": {"night_usd": 100, "month_usd": 1000},
        **fields,
    }
    city["sources"] = [source]
    folder.city_file.write_text(yaml.safe_dump(city, allow_unicode=True), encoding="utf-8")
    write_briefs(folder, *NIGHTS)


def bill_usd(proxy: Proxy, prefix: str = "") -> float:
    """What X would bill for the UTC days that begin so."""
    with session(proxy) as asking:
        answer = asking.get(
            f"https://{API}/demo/bill", headers={"Authorization": "Bearer demo-token"}, timeout=10
        )
    bill: dict[str, dict[str, int]] = answer.json()
    days = {day: items for day, items in bill.items() if day.startswith(prefix)}
    prices = {"posts": POST_USD, "users": AUTHOR_USD, "counts": COUNT_USD}
    return sum(prices[name] * n for items in days.values() for name, n in items.items())


def spent_usd(folder: CityFolder, prefix: str = "") -> float:
    """What the state holds as spent for the UTC days that begin so."""
    state = json.loads(folder.state_file(X).read_text(encoding="utf-8"))
    spent: dict[str, int] = state["cursor"]["spent"]
    return sum(amount for day, amount in spent.items() if day.startswith(prefix)) / 1_000_000
