"""The shipped account type: sane on invented profiles, whatever is missing or odd."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.account_type import figures, read_accounts
from scoring.accounts.model import PARTS, Model
from scoring.accounts.profile import Profile, plain
from scoring.accounts.signs import NAMES, signs

PERSON = Profile(
    description="mum of two, coffee lover. my opinions are mine",
    post="@user lol i can't believe my cat did that",
    posts=2_000.0,
    favourites=3_000.0,
    age_days=900.0,
)
COMPANY = Profile(
    description="Official news and offers from our stores. Contact us for sales and support!",
    post="Our weekly deals are here: shop now and save 20% {URL} {URL} #deals",
    posts=40_000.0,
    favourites=2.0,
    age_days=1_500.0,
)
FILE = """label,confidence,description,post,location,posts,favourites,created
person,1.0,mum of two,my day,Leeds,20,300,12/5/2013
organisation,1.0,Our official shop,Sale today {URL},,9000,0,2012-01-02
organisation,0.7,,,,,-4,soon
"""


def test_a_company_is_likelier_an_organisation_than_a_mother() -> None:
    person, company = Model.shipped().probability([PERSON, COMPANY])
    assert person < 0.2
    assert company > 0.5


def test_an_answer_does_not_depend_on_the_company_it_is_asked_in() -> None:
    model = Model.shipped()
    alone = [model.probability([profile])[0] for profile in (PERSON, COMPANY)]
    assert model.probability([PERSON, COMPANY]).tolist() == pytest.approx(alone, abs=1e-12)
    assert model.probability([]).tolist() == []


def test_an_account_that_tells_nothing_is_no_organisation() -> None:
    model = Model.shipped()
    assert model.probability([Profile()])[0] < model.careful


COUNTS = st.one_of(st.none(), st.floats(), st.integers(-10, 10**12).map(float))


@settings(max_examples=20, deadline=None)
@given(text=st.text(max_size=300), posts=COUNTS, favourites=COUNTS, age=COUNTS)
def test_any_profile_has_a_probability(
    text: str, posts: float | None, favourites: float | None, age: float | None
) -> None:
    odd = Profile(text, text, text, posts=posts, favourites=favourites, age_days=age)
    likely = Model.shipped().probability([odd])[0]
    assert math.isfinite(likely)
    assert 0 < likely < 1
    assert plain(text).isascii()


def test_absent_and_negative_counts_are_the_same() -> None:
    absent, negative = signs([Profile(), Profile(posts=-1.0, favourites=-1.0, age_days=-3.0)])
    assert np.array_equal(absent, negative, equal_nan=True)
    assert len(absent) == len(NAMES)


def test_what_adds_up_is_the_answer() -> None:
    parts = Model.shipped().parts([PERSON, COMPANY, Profile()])
    assert parts.shape == (3, len(PARTS))
    likely = Model.shipped().probability([PERSON, COMPANY, Profile()])
    assert np.log(likely / (1 - likely)) == pytest.approx(parts.sum(axis=1), abs=1e-6)


def test_with_other_vectors_it_does_without_meaning() -> None:
    other = replace(Model.shipped(), vectors="of another day")
    parts = dict(zip(PARTS, other.parts([COMPANY])[0], strict=True))
    assert parts["description_meaning"] == 0
    assert other.probability([PERSON])[0] < 0.2


def test_the_model_is_written_as_it_is_read(tmp_path: Path) -> None:
    shipped = Model.shipped()
    shipped.write(tmp_path / "model.npz")
    again = Model.read(tmp_path / "model.npz")
    assert again.probability([PERSON]) == shipped.probability([PERSON])


def test_a_file_with_odd_rows_is_judged(tmp_path: Path) -> None:
    (tmp_path / "accounts.csv").write_text(FILE, encoding="utf-8")
    profiles, truth = read_accounts(tmp_path / "accounts.csv")
    assert truth.tolist() == [0, 1, 1]
    likely = Model.shipped().probability(profiles)
    assert 0 <= figures(truth, likely, np.full(3, 0.6))["auc"] <= 1
