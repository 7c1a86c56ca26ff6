"""A post shows the words for and against its themes; the overview, how many posts wait."""

from __future__ import annotations

import httpx
import pytest

from cities.folder import CityFolder
from tests.review.test_theme_words import change


@pytest.mark.parametrize(
    ("lang", "words"),
    [("fr", ("Pourquoi ces thèmes", "Vin : 67", "Contient « vendanges »", "+3,40")),
     ("en", ("Why these themes", "Wine: 67", "Holds “vendanges”", "+3.40"))],
)  # fmt: skip
def test_a_post_tells_why_its_themes(
    client: httpx.Client, lang: str, words: tuple[str, ...]
) -> None:
    page = client.get(f"/{lang}/montreval/habitants/p03").text.replace("\u202f", " ")
    assert [word for word in words if word not in page.replace("\xa0", " ")] == []


def test_themes_of_somebody_else_s_posts_stay_there(client: httpx.Client, town: CityFolder) -> None:
    change(town, "update post_themes set person_id = 'p04'")
    assert "vendanges" not in client.get("/fr/montreval/habitants/p03").text


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [("fr", "1 200 000 publications sur 3 000 000"), ("en", "1,200,000 of 3,000,000 posts")],
)
def test_the_overview_tells_how_far_a_new_model_has_read(
    client: httpx.Client, town: CityFolder, lang: str, sentence: str
) -> None:
    change(town, "update readings set count_posts = 3000000, count_waiting = 1800000")
    page = client.get(f"/{lang}/montreval/").text
    assert sentence in page.replace("\u202f", " ").replace("\xa0", " ")


def test_the_overview_is_silent_when_all_are_read(client: httpx.Client) -> None:
    assert "nouveau modèle" not in client.get("/fr/montreval/").text


def test_a_night_of_before_shows_neither(client: httpx.Client, town: CityFolder) -> None:
    change(town, "drop table readings; drop table post_themes")
    assert client.get("/fr/montreval/").status_code == 200
    page = client.get("/fr/montreval/habitants/p03")
    assert page.status_code == 200
    assert "Pourquoi ces thèmes" not in page.text
