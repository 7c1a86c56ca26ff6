"""Themes are data: the six newest, a city's own, words more or fewer of a known one."""

from __future__ import annotations

from pathlib import Path

import pytest

from cities.folder import CityFolder
from cities.reading import read_city
from scoring.lexicon import STRENGTHS, terms_of
from scoring.run import score
from tests.cities.test_themes import BOATING
from tests.scoring.small_city import CITY_FILE, NIGHT_1, NIGHT_2, author, empty_city, fill, post
from tests.scoring.test_posts import themes_of
from warehouse.connection import open_warehouse


def with_boating(folder: CityFolder, *, more: str = "") -> None:
    """Give the city a theme of its own."""
    text = folder.city_file.read_text(encoding="utf-8")
    listed = text.replace("  - solidarity\n", "  - solidarity\n  - boating\n")
    folder.city_file.write_text(listed + BOATING + more, encoding="utf-8")


def themes_with(folder: CityFolder, *texts: str) -> dict[str, dict[str, float]]:
    """Text → theme → probability, in a city with that file."""
    with open_warehouse(folder) as connection:
        fill(connection, (author("ada"),), [post("ada", n, text) for n, text in enumerate(texts)])
    score(folder, NIGHT_1)
    found: dict[str, dict[str, float]] = {}
    with open_warehouse(folder, read_only=True) as connection:
        rows = connection.execute(
            "select text, theme, probability from post_themes join posts using (platform, post_id)"
        ).fetchall()
    for text, theme, probability in rows:
        found.setdefault(text, {})[theme] = probability
    return found


@pytest.mark.parametrize(
    ("text", "language", "theme"),
    [
        ("Visite guidée des remparts pour les Journées du patrimoine", "fr", "culture"),
        ("On a fini le roman et réservé la pièce de théâtre", "fr", "culture"),
        ("Our book club met at the library", "en", "culture"),
        ("Les enfants ont adoré l'aire de jeux", "fr", "family"),
        ("Goûter d'anniversaire et jeux de société en famille", "fr", "family"),
        ("School run with the kids, then the playground", "en", "family"),
        ("Chaton perdu près du refuge, chez le vétérinaire", "fr", "animals"),
        ("Notre chien a rencontré deux poneys", "fr", "animals"),
        ("My puppy loves the dog park", "en", "animals"),
        ("Atelier logiciel libre et impression 3D au fablab", "fr", "technology"),
        ("Mot de passe oublié, encore un bug informatique", "fr", "technology"),
        ("A hackathon for open source developers", "en", "technology"),
        ("Séance de sophrologie et méditation, quel lâcher-prise", "fr", "wellbeing"),
        ("Sound bath, deep breathing, me time", "en", "wellbeing"),
        ("On cherche des bénévoles pour la collecte alimentaire", "fr", "solidarity"),
        ("Volunteers needed at the food bank", "en", "solidarity"),
    ],
)
def test_a_plain_post_of_the_six_newest_has_its_theme_first(
    tmp_path: Path, text: str, language: str, theme: str
) -> None:
    found = themes_of(tmp_path, text, language)
    assert max(found, key=lambda name: found[name]) == theme
    assert found[theme] >= 0.5


@pytest.mark.parametrize(
    ("text", "not_of"),
    [
        ("Une collecte solidaire pour les familles du quartier", "animals"),
        ("Le refuge de la SPA cherche un panier", "wellbeing"),
        ("Footing puis étirements au stade", "wellbeing"),
        ("Concert de musique électronique ce soir", "technology"),
        ("Un coq au vin de dimanche", "animals"),
        ("Pellicule noir et blanc, un beau portrait", "culture"),
        ("Partie de baby-foot au bar", "family"),
        ("La programmation du festival de jazz", "technology"),
        ("Salade de chèvre chaud", "animals"),
        ("Les Restos du cœur ouvrent mardi", "gastronomy"),
    ],
)
def test_false_friends_stay_apart(tmp_path: Path, text: str, not_of: str) -> None:
    assert themes_of(tmp_path, text).get(not_of, 0) < 0.5


def test_a_theme_of_the_city_s_own_is_scored_like_the_others(tmp_path: Path) -> None:
    folder = empty_city(tmp_path)
    with_boating(folder)
    found = themes_with(folder, "Une péniche à l'écluse ⛵", "La capitainerie", "Un pont")
    assert found["Une péniche à l'écluse ⛵"]["boating"] > 0.9
    assert found["La capitainerie"]["boating"] > 0.5
    assert found.get("Un pont", {}).get("boating", 0) < 0.1


def test_words_of_a_known_theme_come_and_go(tmp_path: Path) -> None:
    folder = empty_city(tmp_path)
    changes = "theme_words:\n  wine:\n    add: {strong: [kir]}\n    remove: [vendange*]\n"
    with_boating(folder, more=changes)
    found = themes_with(folder, "Un kir", "Les vendanges")
    assert found["Un kir"]["wine"] > 0.5
    assert "wine" not in found.get("Les vendanges", {})


def test_other_words_of_a_theme_score_all_again_another_label_does_not(tmp_path: Path) -> None:
    folder = empty_city(tmp_path)
    with_boating(folder)
    themes_with(folder, "Une péniche", "Un pont")
    text = folder.city_file.read_text(encoding="utf-8")
    folder.city_file.write_text(text.replace("en: Boating", "en: Boats"), encoding="utf-8")
    assert score(folder, NIGHT_2).fresh_posts == 0
    folder.city_file.write_text(text.replace("amarre*", "pont"), encoding="utf-8")
    assert score(folder, NIGHT_2).fresh_posts == 2


def test_terms_are_known_once_and_bear_a_stated_weight() -> None:
    terms = terms_of(read_city(CITY_FILE))
    keys = [(t.theme, t.term, t.language, t.is_prefix) for t in terms]
    assert len(set(keys)) == len(keys)
    assert {t.weight for t in terms} == set(STRENGTHS.values())
    assert all(len(t.term) >= 3 for t in terms if t.is_prefix)
