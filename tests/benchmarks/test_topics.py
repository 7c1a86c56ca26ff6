"""Topics of posts: heads see neither the rows nor the labels that they are judged on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import yaml

from benchmarks.topics import DESCRIPTIONS, FOLDS, Floats, Truth, fast, given, out_of_fold

FOOD = ("Great pasta tonight", "Paella con la familia", "The best soup in town", "Una cena rica")
GAMES = ("We won the match", "Gol en el minuto 90", "Marathon training again", "Partido perdido")
TEXTS = FOOD + GAMES
RIGHT = np.array([[True, False]] * len(FOOD) + [[False, True]] * len(GAMES))


def memory(learnt: Sequence[str], right: Truth, texts: Sequence[str]) -> Floats:
    """Heads that know by heart what they have learnt, and nothing else."""
    known = dict(zip(learnt, right.astype(float), strict=True))
    return np.array([known.get(text, np.zeros(right.shape[1])) for text in texts])


def test_a_row_is_scored_by_heads_that_have_not_seen_it() -> None:
    assert not out_of_fold(memory, TEXTS, RIGHT).any()
    assert memory(TEXTS, RIGHT, TEXTS).any()


def test_labels_are_given_as_often_as_they_were_learnt() -> None:
    rows = [f"text {number}" for number in range(20 * FOLDS)]
    right = np.arange(len(rows))[:, None] % 4 == 0

    def oracle(_: Sequence[str], __: Truth, texts: Sequence[str]) -> Floats:
        return np.array([[-float(text.split()[1])] for text in texts])

    scores, labels, chances = given(oracle, rows, right, rows)
    assert int(labels.sum()) == int(right.sum())
    assert labels[:25].all()
    assert np.isfinite(chances).all()
    assert scores.shape == labels.shape == right.shape


def test_the_shipped_way_tells_food_from_sport() -> None:
    labels = sorted(yaml.safe_load(DESCRIPTIONS.read_text(encoding="utf-8")))
    columns = [labels.index("food_&_dining"), labels.index("sports")]
    right = np.zeros((len(TEXTS), len(labels)), dtype=bool)
    right[:, columns] = RIGHT
    likely = fast(TEXTS, right, ["Delicious dinner", "Football tonight"])[:, columns]
    assert likely[0, 0] > likely[0, 1]
    assert likely[1, 1] > likely[1, 0]
