"""The model of sensitive passages: a sum, small, and the same whatever the order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cities.sensitive_model import BUCKETS, MODEL, shipped, word_buckets
from cities.sensitive_signals import find, signals
from cities.sensitive_words import passages, words_of

SAID = "Troisième chimio ce matin, merci à l'équipe"


def test_it_is_a_small_file() -> None:
    assert MODEL.stat().st_size <= 100_000
    assert len(shipped().words) == BUCKETS


def test_the_log_odds_are_the_sum_of_what_is_named_and_of_the_words() -> None:
    model, found = shipped(), find(words_of(SAID))
    assert found is not None
    named = sum(model.signals.get(name, 0.0) for name in signals(found))
    words = sum(model.words[at] * count for at, count in word_buckets(found.words))
    assert model.log_odds(found) == pytest.approx(model.start + named + model.step * words)


def test_who_speaks_changes_the_signals() -> None:
    mine, a_word = find(words_of("mon cancer")), find(words_of("cancer"))
    assert mine is not None
    assert a_word is not None
    assert "nearness>=4" in signals(mine) - signals(a_word)


def test_where_the_lists_find_nothing_there_is_nothing_to_weigh() -> None:
    assert find(words_of("Un bon pain à la boulangerie")) is None
    assert find(words_of("Course contre le cancer, inscriptions en ligne")) is None


@given(st.lists(st.sampled_from([".", "je", "pain", "chimio"]), max_size=80))
def test_no_word_is_lost_between_passages(words: list[str]) -> None:
    said = [word for word in words if word != "."]
    read = [word for passage in passages(words) for word in passage if word != "."]
    assert read in (said, said + said)
