"""« D'où viennent ces noms ? » tells of each source what is read, by which right, for which use."""

from __future__ import annotations

import re

import httpx
import pytest
import yaml

from cities.folder import CityFolder
from cities.reading import read_city
from review.notices import OFF, USES, groups_of
from tests.constants import ROOT
from tests.review.conftest import CLOSED
from tests.review.test_pages import get

CITY = read_city(ROOT / "cities" / "examples" / "montreval.yaml")
AIX = read_city(ROOT / "cities" / "examples" / "aix-en-provence.yaml")
NOTICE = "/{lang}/montreval/donnees"


def words_of(page: str) -> str:
    """What a person reads of a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_every_source_of_the_city_is_told_once_with_what_is_read() -> None:
    groups = groups_of(CITY)
    told = [source.source_id for group in groups for source in group.sources]
    assert sorted(told) == sorted(source.source_id for source in CITY.sources)
    assert all(group.collected for group in groups)


def test_each_use_is_said_in_its_own_words() -> None:
    uses = {source.source_id: source.use for group in groups_of(CITY) for source in group.sources}
    assert uses["mastodon-saone"] == USES["rank"]
    assert uses["instagram-officiel"] == USES["listen"]
    assert uses["sirene"] == USES[""]


def test_a_source_without_its_agreement_is_said_to_be_off() -> None:
    uses = {source.source_id: source.use for group in groups_of(AIX) for source in group.sources}
    assert uses["x"] == OFF


@pytest.mark.parametrize(
    ("lang", "phrases"),
    [
        (
            "fr",
            (
                "X ne sert une mairie que sur accord écrit",
                "Accord : Accord X – Ville de Montréval 2026-02.",
                "Accord : Accord Instagram – Ville de Montréval 2026-03.",
                "sans leur auteur : Instagram ne le dit pas",
                "une diffusion partielle n’apparaît ni par son nom ni par son adresse",
                "Quiconque publie ici peut être classé",
                "personne n’est classé",
                "Les fichiers importés : 7 jours après leur lecture",
                "Le silence vaut refus",
                "Comment s’opposer",
            ),
        ),
        (
            "en",
            (
                "X serves a town hall only under a written agreement",
                "Agreement: Accord X – Ville de Montréval 2026-02.",
                "without their author: Instagram does not tell it",
                "partial diffusion appears neither by name nor by address",
                "Whoever publishes here can be ranked",
                "nobody is ranked",
                "Imported files: 7 days after they were read",
                "Silence is a no",
                "How to object",
            ),
        ),
    ],
)
def test_the_notice_is_plain_in_both_languages(
    reader: httpx.Client, lang: str, phrases: tuple[str, ...]
) -> None:
    words = words_of(get(reader, NOTICE.format(lang=lang)))
    assert [phrase for phrase in phrases if phrase not in words] == []


def test_the_address_to_object_is_a_link(reader: httpx.Client) -> None:
    assert 'href="mailto:dpo@montreval.example"' in get(reader, NOTICE.format(lang="fr"))


def test_a_city_without_an_officer_sends_to_the_town_hall(reader: httpx.Client) -> None:
    page = get(reader, f"/fr/{CLOSED}/donnees")
    assert "À qui : la mairie de Montréval" in words_of(page)
    assert "mailto:" not in page


def test_no_site_of_a_blog_is_named(client: httpx.Client, town: CityFolder) -> None:
    # A site's name is its author's: whoever objected must not stand on the page that says how.
    city = yaml.safe_load(town.city_file.read_text(encoding="utf-8"))
    (blogs,) = (source for source in city["sources"] if source["platform"] == "blog")
    blogs["sites"] = ["https://un-carnet.example/", "https://un-autre.example/"]
    town.city_file.write_text(yaml.safe_dump(city), encoding="utf-8")
    page = get(client, NOTICE.format(lang="fr"))
    assert "sites lus : 2" in page
    assert "un-carnet" not in page


def test_every_page_leads_to_the_notice(reader: httpx.Client) -> None:
    for path in ("", "habitants", "equipe", "ouvertures", "relay", "sources", "donnees"):
        assert 'href="/fr/montreval/donnees"' in get(reader, f"/fr/montreval/{path}")
