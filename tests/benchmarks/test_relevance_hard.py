"""The hard test of relevance: its rows, and its figures on scores that are known."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

import cities
from benchmarks.relevance_hard import bands, baseline, by_name, by_sense, score, spans
from benchmarks.relevance_hard_rows import CITY, Place, Row, at, hard_rows, of
from cities.bands import KEPT

HAVRE = Place("76351", "Le Havre", None, "76", "Seine-Maritime", "all")
AIX = Place("13001", "Aix-en-Provence", "Aix", "13", "Bouches-du-Rhône", "all")
SENSES = {CITY, "namesake", "word", "person", "club", "product", "history"}


def test_rows_are_many_and_none_is_there_twice() -> None:
    rows = hard_rows()
    counts = Counter(row.sense for row in rows)
    assert set(counts) == SENSES
    assert sum(counts[sense] for sense in SENSES - {CITY}) >= 700
    assert len({row.place for row in rows}) >= 200
    assert len({(row.place, row.text) for row in rows}) == len(rows)


def test_each_name_misleads_three_times_and_has_city_posts() -> None:
    by_place: dict[Place, Counter[bool]] = {}
    for row in hard_rows():
        by_place.setdefault(row.place, Counter())[row.is_city] += 1
    assert min(counts[False] for counts in by_place.values()) >= 3
    assert min(counts[True] for counts in by_place.values()) >= 4


def test_no_slot_is_left_open() -> None:
    assert [row.text for row in hard_rows() if "{" in row.text or "}" in row.text] == []


def test_places_are_those_of_the_official_list() -> None:
    with (Path(cities.__file__).parent / "data" / "communes.csv").open(encoding="utf-8") as lines:
        names = {line["insee"]: line["name"] for line in csv.DictReader(lines)}
    for place in {row.place for row in hard_rows()}:
        assert names[place.insee] == place.name


@pytest.mark.parametrize(
    ("name", "there", "its"),
    [
        ("Le Havre", "au Havre", "du Havre"),
        ("Albi", "à Albi", "d'Albi"),
        ("La Rochelle", "à La Rochelle", "de La Rochelle"),
        ("Ham", "à Ham", "de Ham"),
    ],
)
def test_articles_melt_as_in_french(name: str, there: str, its: str) -> None:
    assert (at(name), of(name)) == (there, its)


@pytest.mark.parametrize(
    ("place", "text", "count"),
    [
        (HAVRE, "Retour au Havre, le havre, #LeHavre", 3),
        (HAVRE, "Un havre de paix", 0),
        (AIX, "#aixenprovence, Aix en Provence et AIX", 3),
        (AIX, "aixois", 0),
    ],
)
def test_spans_find_the_name_whatever_its_writing(place: Place, text: str, count: int) -> None:
    assert len(spans(Row(place, CITY, text))) == count


def test_figures_of_known_scores() -> None:
    rows = [Row(HAVRE, CITY, "a")] * 2 + [Row(HAVRE, "word", "b"), Row(AIX, "club", "c")]
    found = np.array([0.95, 0.6, 0.7, 0.1])
    rates = by_sense(rows, found)
    assert rates["false_positive_rate_at_95_recall"] == 0.5
    assert (rates["false_positive_rate_word"], rates["false_positive_rate_club"]) == (1.0, 0.0)
    held = bands(np.array([True, True, False, False]), found)
    assert (held["right_kept"], held["city_review"], held["right_dropped"]) == (1.0, 0.5, 1.0)
    names = by_name(rows, found)
    assert names["precision_le_havre"] == pytest.approx(2 / 3)
    assert np.isnan(names["precision_aix_en_provence"])


def test_the_shipped_scorer_answers_with_probabilities() -> None:
    rows = hard_rows()[:40]
    found = score(rows)
    assert ((found >= 0) & (found <= 1)).all()
    assert (found[baseline(rows) == 0] < KEPT).all()
