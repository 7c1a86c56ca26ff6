"""What a theme may not touch is refused, each kind; what is innocent is not."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from cities.sensitive import KINDS, refusal, touched
from cities.themes import ALL_THEMES
from scoring.lexicon import THEMES
from tests.constants import ROOT

REFUSED = {
    "religion": (
        "Religion", "religions du monde", "messe de minuit", "l'église", "Church", "mosquée",
        "synagogue", "lieux de culte", "prière", "ramadan", "halal", "kasher", "catholique",
        "musulmans", "Communauté juive", "bouddhisme", "athées", "laïcité", "paroisse", "bible",
        "baptême", "imam", "pèlerinage", "hijab", "⛪", "worship",
    ),
    "opinions": (
        "Politique", "élections", "elections 2027", "militants", "extrême gauche", "far right",
        "gilets jaunes", "communisme", "féministe", "manif", "pétition", "franc-maçonnerie",
        "écologistes", "Rassemblement national", "activism",
    ),
    "health": (
        "Santé", "santé mentale", "cancer", "diabète", "dépression", "burn-out", "handicap",
        "fauteuil roulant", "autisme", "grossesse", "IVG", "médecin", "covid", "alcoolisme",
        "psychothérapie", "mental health", "disability", "hôpital", "seropositif", "💊",
    ),
    "sexuality": (
        "LGBT", "gay", "lesbiennes", "homosexualité", "queer", "transgenre", "mariage pour tous",
        "#gaypride", "sexualité", "libertins", "same-sex",
    ),
    "origin": (
        "immigration", "réfugiés", "sans-papiers", "Communauté portugaise", "maghrébins", "roms",
        "gens du voyage", "ethnies", "racisme", "expats", "diaspora arménienne", "nationalité",
    ),
    "unions": (
        "Syndicats", "syndicalisme", "CGT", "grève", "trade union", "piquet de grève", "on strike",
    ),
}  # fmt: skip
ACCEPTED = (
    "Patrimoine", "église romane", "vieille église", "clocher de l'église", "abbaye cistercienne",
    "cathédrale", "chapelle", "cloître", "temple romain", "synagogue médiévale", "hôtel-Dieu",
    "palais des papes", "châteauneuf-du-pape", "patrimoine religieux", "gothic church", "gospel",
    "baptême de l'air", "religieuse au chocolat", "film culte", "faucon pèlerin", "bonne foi",
    "Bien-être", "méditation", "yoga", "massage", "sommeil", "aromathérapie", "plantes médicinales",
    "clinique vétérinaire", "handisport", "virus informatique", "à votre santé", "stress",
    "budget participatif", "développement durable", "rive gauche", "écologie", "bénévolat",
    "cuisine libanaise", "jazz manouche", "cheval arabe", "oiseaux migrateurs", "race bovine",
    "appellation d'origine contrôlée", "syndicat d'initiative", "syndicat des eaux",
    "union sportive", "strikers", "trumpet", "commune", "communication", "secteur", "athlétisme",
    "Navigation", "péniche", "écluse", "voile", "sextant", "Sussex", "gaya", "orthographe",
    "hospitalité", "food aid", "race", "conservatoire", "pasteur", "vins et spiritueux", "rainbow",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kind"), [(text, kind) for kind, texts in REFUSED.items() for text in texts]
)
def test_what_article_9_names_is_refused_with_its_kind(text: str, kind: str) -> None:
    found = touched(text)
    assert found is not None
    assert found[0] == kind
    sentence = refusal(text, theme="ours")
    assert sentence.startswith("theme ours: « ")
    assert KINDS[kind] in sentence
    assert "; remove it" in sentence


@pytest.mark.parametrize("text", ACCEPTED)
def test_what_is_innocent_is_accepted(text: str) -> None:
    assert refusal(text, theme="ours") == ""


def test_each_kind_has_its_examples() -> None:
    assert set(REFUSED) == set(KINDS)
    assert sum(map(len, REFUSED.values())) >= 40
    assert len(ACCEPTED) >= 40


@pytest.mark.parametrize("word", ["relig*", "musulm*", "handic*", "syndic*", "homos*"])
def test_a_star_does_not_reach_what_may_not_be_said(word: str) -> None:
    assert "write the words in full" in refusal(word, theme="ours")


@pytest.mark.parametrize("word", ["penich*", "bateau*", "marin*", "jardin*", "musique*"])
def test_a_star_is_free_elsewhere(word: str) -> None:
    assert refusal(word, theme="ours") == ""


@given(st.text(max_size=200))
def test_no_text_breaks_the_look(text: str) -> None:
    refusal(text, theme="ours")


@pytest.mark.parametrize("theme", ALL_THEMES)
def test_the_themes_that_portevoix_knows_hold_to_it_too(theme: str) -> None:
    about = yaml.safe_load((ROOT / "cities/data/themes.yaml").read_text(encoding="utf-8"))[theme]
    said = [theme, *about["label"].values(), *about["description"].values()]
    data = yaml.safe_load((THEMES / f"{theme}.yaml").read_text(encoding="utf-8"))
    for strengths in (*data["words"].values(), data["emoji"]):
        said += [word for words in strengths.values() for word in words]
    assert [text for text in said if touched(text)] == []
