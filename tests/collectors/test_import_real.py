"""Imports of real texts, each with a map of its own; they are read where they lie, never copied."""

from __future__ import annotations

from pathlib import Path

import pytest

from cities.folder import CityFolder
from cities.settings import Settings
from collectors.records import KINDS
from tests.collectors.imports import read, watched
from tests.collectors.nights import landed
from tests.constants import ROOT

DATA = ROOT.parent / "shared" / "data"
# What these sets do not say (ids, dates, authors) is made: a digest, a constant, nobody.
TOPICS = """
format: ndjson
platform: facebook
fields:
  post_id: {column: [lang, text], as: digest}
  published_at: {value: "2026-11-01T08:00:00Z"}
  text: text
  language: lang
"""
ACCOUNTS = """
format: csv
platform: facebook
timezone: Europe/Paris
fields:
  post_id: {column: [description, post, created], as: digest}
  author_id: {column: [description, created, posts], as: digest}
  published_at: {value: "2026-11-01T08:00:00Z"}
  text: post
author:
  bio: description
  declared_location: location
  posts: posts
  created_at: {column: created, format: "%m/%d/%Y"}
"""
MENTIONS = """
format: ndjson
platform: blog
fields:
  post_id: {column: [doc, start, text], as: digest}
  author_id: {value: fr.wikinews.org}
  url: {value: "https://fr.wikinews.org/"}
  published_at: {value: "2026-11-01"}
  text: text
  language: {value: fr}
skip: [{column: label, equals: part_of_place}]
"""
POIS = """
format: ndjson
platform: blog
fields:
  post_id: {column: text, as: digest}
  url: {value: "https://www.datatourisme.fr/"}
  published_at: {value: "2026-11-01"}
  text: text
  hashtags: themes
"""
SENTENCES = """
format: ndjson
platform: youtube
fields: {post_id: index, published_at: {value: "2026-11-01"}, text: text}
skip: [{column: label, equals: [politics, health]}]
"""
# set → (its file, map, posts, authors, rejects)
SETS = {
    "topic_posts": ("posts.ndjson", TOPICS, 1013, 0, 0),
    "account_type": ("accounts.csv", ACCOUNTS, 1587, None, 0),
    "place_mentions_fr": ("mentions.ndjson", MENTIONS, 861, 1, 0),
    "poi_themes_fr": ("pois.ndjson", POIS, 705, 0, 0),
    "topic_sentences_fr": ("sentences.ndjson", SENTENCES, 522, 0, 0),
}


@pytest.mark.parametrize("name", SETS)
def test_real_texts_come_in(folder: CityFolder, settings: Settings, name: str) -> None:
    file, text, posts, authors, odd = SETS[name]
    original = DATA / name / file
    if not original.is_file():
        pytest.skip(f"{name} does not lie beside the project: its import was not tried")
    place = watched(folder)
    (place / "map.yaml").write_text(text, encoding="utf-8")
    (place / file).symlink_to(original)
    outcome = read(folder, settings)
    assert outcome.state == "done", outcome.sentence
    counts = outcome.counts
    left_out = counts.opted_out + counts.odd + counts.sensitive
    assert counts.posts + left_out == posts + odd
    assert counts.odd == odd, outcome.odd[:3]
    if authors is not None:
        assert len({row["author_id"] for row in landed(folder, "files", "author")}) == authors
    for row in landed(folder, "files"):
        KINDS[row["kind"]].model_validate(row)


def test_profiles_of_real_accounts_are_read(folder: CityFolder, settings: Settings) -> None:
    original = DATA / "account_type" / "accounts.csv"
    if not original.is_file():
        pytest.skip("account_type does not lie beside the project: its import was not tried")
    place: Path = watched(folder)
    (place / "map.yaml").write_text(ACCOUNTS, encoding="utf-8")
    (place / "accounts.csv").symlink_to(original)
    read(folder, settings)
    authors = landed(folder, "files", "author")
    assert sum(bool(author["bio"]) for author in authors) > 1000
    assert sum(bool(author["declared_location"]) for author in authors) > 800
    assert all(author["posts"] is not None and author["created_at"] for author in authors)
