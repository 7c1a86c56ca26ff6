"""Posts as vectors: they add up, never break, and read what people really type."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scoring.post_text import PostText
from scoring.texts.vectors import Vectors

POSTS = (
    PostText("Concert de jazz ce soir au parc 🎷 entrée libre #Jazz #concertgratuit"),
    PostText("Best ramen in town, don't miss it!!! 🍜", hashtags=("foodie",)),
    PostText("Qué partidazo, dos goles de última hora ⚽"),
)


@pytest.fixture(scope="module")
def vectors() -> Vectors:
    return Vectors.shipped()


def cosine(vectors: Vectors, first: str, second: str) -> float:
    one, other = vectors.encode([PostText(first), PostText(second)])
    return float(one @ other)


def test_words_add_up_to_the_encoding(vectors: Vectors) -> None:
    for post, encoding in zip(POSTS, vectors.encode(POSTS), strict=True):
        total = np.sum([share for _, share in vectors.parts(post)], axis=0)
        assert np.abs(total - encoding).max() < 1e-6


def test_encodings_have_length_one_and_do_not_depend_on_the_batch(vectors: Vectors) -> None:
    together = vectors.encode(POSTS)
    assert np.linalg.norm(together, axis=1) == pytest.approx(1.0, abs=1e-5)
    for post, encoding in zip(POSTS, together, strict=True):
        assert np.array_equal(vectors.encode([post])[0], encoding)
        assert np.array_equal(Vectors().encode([post])[0], encoding)


@pytest.mark.parametrize("text", ["", "   ", "@moi https://exemple.fr/a", "ქართული"])
def test_a_post_without_known_words_is_all_zeros(vectors: Vectors, text: str) -> None:
    assert not vectors.encode([PostText(text)]).any()
    assert vectors.parts(PostText(text)) == []


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.lists(st.text(max_size=30), max_size=3))
@example("mot " * 25_000, [])
@example("a" * 100_000, ["b" * 1_000])
@example("🎸" * 5_000, ["🎸"])
@example("مرحبا بكم في المهرجان concert مهرجان", [])
@example("Привет café 東京 #日本 ０１２ 𝓕𝓮𝓼𝓽", [""])
def test_any_text_has_finite_parts_that_add_up(text: str, hashtags: list[str]) -> None:
    vectors = Vectors.shipped()
    post = PostText(text, hashtags=tuple(hashtags))
    encoding = vectors.encode([post])[0]
    assert np.isfinite(encoding).all()
    total = np.sum([share for _, share in vectors.parts(post)], axis=0)
    assert np.abs(total - encoding).max() < 1e-6


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("#aixenprovence", "aix en provence"),
        ("#streetphotography", "street photography"),
        ("#FêteDeLaMusique", "fête de la musique"),
        ("concerrt", "concert"),
        ("trooop", "trop"),
        ("PÉTANQUE", "petanque"),
        ("l'exposition", "exposition"),
        ("don’t", "dont"),
    ],
)
def test_words_are_read_as_they_are_typed(vectors: Vectors, typed: str, meant: str) -> None:
    assert cosine(vectors, typed, meant) > 0.99


def test_texts_of_one_subject_are_nearer_than_others(vectors: Vectors) -> None:
    near = cosine(vectors, "un concert de jazz", "guitar music live tonight")
    assert near > cosine(vectors, "un concert de jazz", "recette de tarte aux pommes") + 0.1
