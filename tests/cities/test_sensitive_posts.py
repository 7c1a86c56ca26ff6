"""Posts that reveal what article 9 protects are known by their words and what stands around."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cities.sensitive import KINDS
from cities.sensitive_posts import is_sensitive, kind_of, version

REVEALING = {
    "religion": (
        "On part à la messe de minuit en famille", "Fière d'être musulmane et aixoise",
        "Mon fils a fait sa première communion dimanche", "Shabbat shalom à tous mes amis",
        "My church group meets on Tuesdays, come and pray with us", "Toujours athée",
        "Je suis juif et j'adore ce festival",
    ),
    "opinions": (
        "Dimanche je vote Mélenchon, sans hésiter", "Macron démission", "Proud feminist",
        "On était des milliers à la manif contre la réforme des retraites",
        "Out canvassing for Labour tonight", "Je suis anarchiste depuis mes vingt ans",
    ),
    "health": (
        "Troisième chimio ce matin, merci à l'équipe", "TROISIEME CHIMIO CE MATIN", "#MonCancer",
        "Enceinte de cinq mois, on est aux anges", "Mon psy est en vacances", "#moncancer",
        "Just got diagnosed with ADHD at 42", "Ma mère a Alzheimer, elle ne m'a pas reconnue",
    ),
    "sexuality": (
        "Mon coming out à mes parents, c'était hier", "Mon frère est gay", "I'm trans and tired",
        "My pronouns are they/them",
    ),
    "origin": (
        "Mes parents sont arrivés d'Algérie en 1962", "Fils d'immigrés portugais",
        "As a Black man I know this look", "Mon titre de séjour expire en mars",
    ),
    "unions": (
        "Carte CGT en poche depuis hier", "My union rep saved my job", "Syndiqué CFDT et fier",
        "On strike again tomorrow, see you on the picket line",
    ),
}  # fmt: skip
ORDINARY = (
    "Concert de gospel à l'église Saint-Pierre samedi, entrée libre",
    "L'hôpital recrute des infirmiers et des aides-soignants, CDI temps plein",
    "Journées du patrimoine : visite guidée de la synagogue à 15 h", "Malade de rire",
    "Le foot est une religion ici", "À votre santé ! Un verre de rosé en terrasse",
    "Élection de Miss Provence samedi au casino", "Vote for the best burger in town",
    "Marché de Noël place de la Rotonde", "Don du sang jeudi à la salle des fêtes",
    "Course contre le cancer du sein, dimanche, inscriptions en ligne", "Ce film est culte",
    "Bonne année, santé et bonheur à tous", "Accro au chocolat, je plaide coupable",
    "Grève des bus demain : lignes 3 et 5 perturbées", "Festival de jazz manouche ce week-end",
    "Hiring: registered nurse, full time, apply by Friday", "Retail therapy downtown",
    "Baptême de l'air au-dessus de la ville, quelle vue", "Châteauneuf-du-Pape 2015",
    "Le syndicat d'initiative organise une balade", "Mon chien est malade, quel véto est ouvert ?",
    "Restaurant libanais ouvert le midi, les mezzés sont dingues", "Tapis berbère chiné hier",
    "Journée portes ouvertes à la mosquée dimanche", "Handicap 18 au golf, je progresse", "",
)  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "text"), [(kind, text) for kind, texts in REVEALING.items() for text in texts]
)
def test_what_reveals_is_known_with_its_kind(kind: str, text: str) -> None:
    assert kind_of(text) == kind


@pytest.mark.parametrize("text", ORDINARY)
def test_notices_jobs_and_figures_of_speech_survive(text: str) -> None:
    assert not is_sensitive(text)


@pytest.mark.parametrize("text", [texts[0] for texts in REVEALING.values()])
def test_ordinary_sentences_around_hide_nothing(text: str) -> None:
    before, after = "Le marché déménage place de la gare.", "Il fait beau, on sort les chaises."
    assert is_sensitive(f"{before} {text}. {after}")


def test_each_kind_has_its_examples() -> None:
    assert set(REVEALING) == set(KINDS)


def test_a_hashtag_outside_of_the_text_counts() -> None:
    assert is_sensitive("Belle journée", ["moncancer"])
    assert not is_sensitive("Belle journée", ["soleil"])


def test_the_version_is_a_fingerprint() -> None:
    assert version() == version()
    assert len(version()) == 12


@given(st.text(max_size=300), st.lists(st.text(max_size=40), max_size=3))
def test_no_text_breaks_the_look(text: str, hashtags: list[str]) -> None:
    assert kind_of(text, hashtags) in (None, *KINDS)


@pytest.mark.parametrize("text", ["🌹" * 500, "مرحبا بكم " * 200, "a" * 100_000, "je " * 30_000])
def test_odd_texts_are_looked_at_too(text: str) -> None:
    assert not is_sensitive(text)
