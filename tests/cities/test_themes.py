"""A city's own themes are data of its file, checked with line, field and mend."""

from __future__ import annotations

from pathlib import Path

import pytest

from cities.errors import CityFileError
from cities.model import City
from cities.reading import read_city
from cities.themes import ALL_THEMES, label_of
from tests.constants import ROOT

EXAMPLE = (ROOT / "cities" / "examples" / "montreval.yaml").read_text(encoding="utf-8")
BOATING = """
own_themes:
  boating:
    label: {fr: Navigation, en: Boating}
    description: {fr: "Péniches, écluses, canotage", en: "Barges, locks, rowing boats"}
    words:
      strong: [péniche, écluse*]
      medium: [amarre*]
      fr: {strong: [capitainerie]}
    emoji: {strong: ["⛵"]}
    trades: [location de bateaux]
"""
LISTED = EXAMPLE.replace("  - solidarity\n", "  - solidarity\n  - boating\n")


def written(tmp_path: Path, text: str) -> Path:
    """A city file of this text."""
    path = tmp_path / "city.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def read(tmp_path: Path, text: str) -> City:
    """The city of this text."""
    return read_city(written(tmp_path, text))


def mistakes(tmp_path: Path, text: str) -> list[tuple[str, str]]:
    """(the line's text, sentence) of each mistake."""
    with pytest.raises(CityFileError) as caught:
        read(tmp_path, text)
    lines = text.splitlines()
    return [(lines[m.line - 1].strip(), f"{m.problem}; {m.mend}") for m in caught.value.mistakes]


def test_fourteen_themes_have_a_label_in_both_languages() -> None:
    labels = [label_of(theme) for theme in ALL_THEMES]
    assert len({label.fr for label in labels if label}) == len(ALL_THEMES) == 14
    assert len({label.en for label in labels if label}) == 14
    assert label_of("boating") is None


def test_a_city_adds_a_theme_without_code(tmp_path: Path) -> None:
    city = read(tmp_path, LISTED + BOATING)
    assert city.themes[-1] == "boating"
    assert city.theme_labels["boating"].fr == "Navigation"
    assert city.own_themes["boating"].words.fr.strong == ("capitainerie",)


def test_a_theme_that_no_one_knows_is_told_at_its_line(tmp_path: Path) -> None:
    ((line, sentence),) = mistakes(tmp_path, LISTED)
    assert line == "- boating"
    assert sentence.startswith("is not a known theme; choose among gastronomy, wine")


def test_an_own_theme_must_be_followed_and_be_new(tmp_path: Path) -> None:
    ((line, sentence),) = mistakes(tmp_path, EXAMPLE + BOATING)
    assert (line, sentence) == (
        "boating:",
        "is not in themes; add boating to themes or remove it here",
    )
    ((line, sentence),) = mistakes(tmp_path, EXAMPLE + BOATING.replace("boating:", "wine:"))
    assert line == "wine:"
    assert "theme_words" in sentence


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("capitainerie", "messe", "fr: {strong: [messe]}", "« messe » touches religion"),
        ("amarre*", "syndicat", "medium: [syndicat]", "« syndicat » touches trade unions"),
        ("amarre*", "militan*", "medium: [militan*]", "political or philosophical opinions"),
        ("Péniches", "Cancers", "", "« cancers » touches health"),
        ("fr: Navigation", "fr: Croisière gay", "", "« gay » touches sexual life"),
        ("⛵", "⛪", "", "touches religion"),
        ("location de bateaux", "sans-papiers", "", "touches origin"),
    ],
)
def test_a_theme_that_touches_article_9_is_refused(
    tmp_path: Path, old: str, new: str, line: str, says: str
) -> None:
    ((found, sentence),) = mistakes(tmp_path, LISTED + BOATING.replace(old, new))
    assert says in sentence
    assert sentence.startswith("theme boating: ")
    assert line in found


def test_the_name_of_a_theme_is_looked_at_too(tmp_path: Path) -> None:
    text = (LISTED + BOATING).replace("boating", "churches")
    ((line, sentence),) = mistakes(tmp_path, text)
    assert line == "churches:"
    assert "« churches » touches religion" in sentence


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("péniche", "p", "write two letters at least"),
        ("écluse*", "éc*", "write three letters at least"),
        ("écluse*", "éc*luse", "a star only at the end"),
        ('"⛵"', '"⛵⛵"', "is not one plain emoji"),
        ("strong: [pén", "sure: [pén", "remove it, or check its spelling"),
        (", en: Boating", "", "add it"),
    ],
)
def test_a_theme_has_its_form(tmp_path: Path, old: str, new: str, says: str) -> None:
    ((_, sentence),) = mistakes(tmp_path, LISTED + BOATING.replace(old, new))
    assert says in sentence


def test_words_of_a_known_theme_change_but_within_the_same_line(tmp_path: Path) -> None:
    changes = "theme_words:\n  wine:\n    add: {strong: [kir]}\n    remove: [brut]\n"
    assert read(tmp_path, EXAMPLE + changes).theme_words["wine"].remove == ("brut",)
    ((line, sentence),) = mistakes(tmp_path, EXAMPLE + changes.replace("kir", "vin de messe"))
    assert "vin de messe" in line
    assert "touches religion" in sentence
    ((line, _),) = mistakes(tmp_path, EXAMPLE + changes.replace("wine:", "whisky:"))
    assert line == "whisky:"


def test_a_project_has_themes_that_the_city_follows(tmp_path: Path) -> None:
    project = "projects:\n  - {project_id: quais, title: Les quais, themes: [boating]}\n"
    followed, other = (text.replace("projects:\n", project) for text in (LISTED, EXAMPLE))
    assert read(tmp_path, followed + BOATING).projects[0].themes == ("boating",)
    ((line, sentence),) = mistakes(tmp_path, other)
    assert "project_id: quais" in line
    assert "choose among" in sentence


def test_a_theme_named_twice_is_told(tmp_path: Path) -> None:
    text = EXAMPLE.replace("  - solidarity\n", "  - solidarity\n  - wine\n")
    assert [sentence for _, sentence in mistakes(tmp_path, text)] == [
        "names wine twice; keep one of them"
    ]


def test_the_guide_s_example_reads(tmp_path: Path) -> None:
    guide = (ROOT / "docs" / "themes.md").read_text(encoding="utf-8")
    block = guide.split("```yaml\n")[1].split("```")[0]
    head, _, tail = EXAMPLE.partition("themes:\n")
    rest = tail[tail.index("\nteam:") :]
    city = read(tmp_path, head + block + rest)
    assert city.themes == ("gastronomy", "wine", "culture", "boating")
    assert city.own_themes["boating"].words.against
