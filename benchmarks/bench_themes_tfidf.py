"""The baseline of speed: TF-IDF of words and a logistic regression a theme."""

from __future__ import annotations

__all__ = ["taught"]

import json
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import make_pipeline

from benchmarks.theme_texts import DATA


def taught() -> Any:
    """The pipeline, taught on the labels of `theme_posts_fr`; it is timed, never judged."""
    lines = (DATA / "theme_posts_fr.ndjson").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line]
    themes = sorted({theme for row in rows for theme in row["themes"]})
    labels = np.array([[theme in row["themes"] for theme in themes] for row in rows])
    model = make_pipeline(
        TfidfVectorizer(sublinear_tf=True, strip_accents="unicode"),
        OneVsRestClassifier(LogisticRegression(C=10, random_state=78)),
    )
    return model.fit([row["text"] for row in rows], labels)
