"""Is this word the commune: figures on real text, shares that add up, any text bears it."""

from __future__ import annotations

import json
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.relevance import SHARED, figures, folded_mention, labelled, main, mention_of
from cities.communes import communes
from scoring.mentions.model import ALL_SIGNS, MODEL, explain, figures_of, log_odds, probabilities
from scoring.mentions.window import Mention

LARGEST_MODEL = 1_000_000


@pytest.fixture(scope="module")
def some() -> list[Mention]:
    return [mention_of(row) for row in labelled(SHARED)[:60]]


COMMUNES = [
    ("Un incendie à Tours cette nuit, les pompiers sur place.", "Tours"),
    ("La mairie de Brest ouvre un marché de Noël.", "Brest"),
    ("un accident entre rennes et vitré ce matin", "Vitré"),
]
OTHERS = [
    ("Il marche vers la gare.", "Vers"),
    ("François Dubreuil est venu hier.", "François"),
    ("Elle vit à Montréal, au Canada.", "Montréal"),
]


@pytest.mark.parametrize(("text", "name"), COMMUNES)
def test_a_commune_is_seen(text: str, name: str) -> None:
    row = text.lower().index(name.lower())
    insee = next(iter(_codes(name)))
    assert probabilities([Mention(text, row, row + len(name), insee)])[0] > 0.7


@pytest.mark.parametrize(("text", "name"), OTHERS)
def test_a_word_a_person_a_foreign_city_are_none(text: str, name: str) -> None:
    row = text.lower().index(name.lower())
    insee = next(iter(_codes(name)))
    assert probabilities([Mention(text, row, row + len(name), insee)])[0] < 0.5


def _codes(name: str) -> list[str]:
    """Codes of the communes of that name, the largest first."""
    found = [item.commune for item in communes() if item.commune.name == name]
    return [c.insee for c in sorted(found, key=lambda c: -c.population)]


def test_shares_add_up_to_the_log_odds(some: list[Mention]) -> None:
    whole = log_odds(figures_of(some))
    for one, total in zip(some, whole, strict=True):
        base, shares = explain(one)
        assert base + sum(share.log_odds for share in shares) == pytest.approx(total, abs=1e-6)
        assert all(abs(a.log_odds) >= abs(b.log_odds) for a, b in pairwise(shares))
        assert {share.sign for share in shares} <= set(ALL_SIGNS)


def test_one_by_one_or_together_is_the_same(some: list[Mention]) -> None:
    together = probabilities(some)
    alone = np.array([probabilities([one])[0] for one in some])
    assert np.allclose(together, alone)
    assert probabilities([]).shape == (0,)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.integers(0, 320), st.integers(0, 320))
def test_any_text_gets_a_probability(text: str, start: int, end: int) -> None:
    found = probabilities([Mention(text, start, end, "13001")])
    assert np.isfinite(found).all()
    assert 0 <= found[0] <= 1


@pytest.mark.parametrize("text", ["", "Nice", "🌞" * 50, "Nice " * 20_000, "نيس Nice נִיס"])
def test_odd_texts_are_borne(text: str) -> None:
    at = max(text.find("Nice"), 0)
    found = probabilities([Mention(text, at, at + 4, "06088"), Mention(text, 0, 0, "00000")])
    assert np.isfinite(found).all()


def test_the_shared_rows_are_learnt_well() -> None:
    rows = labelled(SHARED)
    assert figures(rows)["macro_f1"] >= 0.965
    assert figures(rows, is_folded=True)["macro_f1"] >= 0.95


def test_folding_keeps_the_mention_in_its_place() -> None:
    for row in labelled(SHARED)[:200]:
        folded = folded_mention(mention_of(row))
        assert folded.text[folded.start : folded.end].isascii()
        assert folded.text == folded.text.lower().replace("[pers]", "[PERS]")


def test_the_model_is_small_and_holds_no_code() -> None:
    assert MODEL.stat().st_size <= LARGEST_MODEL
    with np.load(MODEL, allow_pickle=False) as arrays:
        assert tuple(arrays["signs"].tolist()) == ALL_SIGNS


def test_the_benchmark_prints_name_and_value(
    tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path_factory.mktemp("mentions") / "few.ndjson"
    rows = labelled(SHARED)[:40]
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    main(["--mentions", str(path), "--folded"])
    found = dict(line.split() for line in capsys.readouterr().out.splitlines())
    assert {"macro_f1", "auc", "ece"} <= set(found)
