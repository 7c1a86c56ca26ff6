"""What all tests know: where the tree is, and the two nights of the demo's world."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[1]
NIGHT_1 = datetime(2026, 11, 17, 1, 30, tzinfo=UTC)
NIGHT_2 = datetime(2026, 11, 18, 1, 30, tzinfo=UTC)
