"""Names as people type them, the official list, keyed hashes, settings."""

from __future__ import annotations

import duckdb
import pytest
from pydantic import SecretStr

from cities.blocking import block_hash
from cities.communes import communes, find_commune, namesakes_of, neighbours_of
from cities.errors import SettingsError
from cities.folder import Home
from cities.model import Commune
from cities.names import fold, hashtag, name_forms
from cities.settings import Settings, load_settings


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Aix-en-Provence", "aix en provence"),
        ("À AIX EN PROVENCE…", "a aix en provence"),
        ("l’Haÿ-les-Roses", "l hay les roses"),
        ("Œuilly", "oeuilly"),
        ("👍", ""),
        ("", ""),
    ],
)
def test_fold(typed: str, folded: str) -> None:
    assert fold(typed) == folded


def test_forms_of_a_saint() -> None:
    assert "st denis" in name_forms("Saint-Denis")
    assert hashtag("Châlons-en-Champagne") == "chalonsenchampagne"


def test_the_list_is_whole_and_each_line_is_a_commune() -> None:
    listed = communes()
    assert len(listed) == 34_969
    for entry in listed[::500]:
        if entry.commune.population and entry.commune.postcodes:
            Commune.model_validate(entry.commune.model_dump())


def test_namesakes_and_neighbours() -> None:
    aix = find_commune("Aix-en-Provence")
    assert namesakes_of(aix)[0].name == "Aix-les-Bains"
    assert "Gardanne" in neighbours_of(aix)


def test_namesakes_are_not_those_of_an_article_or_of_any_saint() -> None:
    of_le_mans = {c.name for c in namesakes_of(find_commune("Le Mans"))}
    assert "Le Havre" not in of_le_mans
    assert not {name for name in of_le_mans if "Mans" not in name}
    of_saint_denis = namesakes_of(find_commune("93066"))
    assert of_saint_denis[0].insee == "97411"
    assert all("Denis" in c.name for c in of_saint_denis)
    assert "L'Haÿ-les-Roses" not in {c.name for c in namesakes_of(find_commune("L'Isle-Adam"))}
    assert namesakes_of(find_commune("Aix-en-Provence"))[0].name == "Aix-les-Bains"


def test_sql_and_python_compute_the_same_hash() -> None:
    sql = "select sha256($key || sha256($key || $platform || ':' || lower($author)))"
    values = {"key": "k", "platform": "mastodon", "author": "Zoé@saone.example"}
    row = duckdb.connect().execute(sql, values).fetchone()
    assert row == (block_hash("k", "mastodon", "Zoé@saone.example"),)


def test_the_hash_key_is_made_once_and_private(home: Home) -> None:
    settings = Settings(data=home.root)
    key = settings.block_key()
    assert len(key) == 64
    assert Settings(data=home.root).block_key() == key
    assert oct((home.root / "hash.key").stat().st_mode)[-3:] == "600"


def test_a_token_is_never_shown(home: Home) -> None:
    settings = Settings(data=home.root, mastodon_tokens=SecretStr("a.example=s3cr3t,b.example=x"))
    assert settings.mastodon_token("a.example") == "s3cr3t"
    assert settings.mastodon_token("c.example") is None
    assert "s3cr3t" not in repr(settings)


def test_a_wrong_variable_is_named_without_its_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTEVOIX_PORT", "a-secret-by-mistake")
    with pytest.raises(SettingsError, match="PORTEVOIX_PORT") as caught:
        load_settings()
    assert "a-secret" not in str(caught.value)
