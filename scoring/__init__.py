"""Scores: one scorer is one Python file (what it means) beside one SQL file (the sets)."""
