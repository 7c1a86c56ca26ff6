"""Keeps pytest's search for doctests out of what only Alembic can import."""

from __future__ import annotations

collect_ignore = ["env.py"]
