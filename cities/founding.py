"""Founding a city: its folder and its first city file, written from the official list.

Sources that need no key are on, with use `listen`: counts and themes, no person. The file says
itself what opens the ranking.
"""

from __future__ import annotations

__all__ = ["city_id_of", "found_city"]

import os
from pathlib import Path

import yaml

from cities.communes import find_commune, namesakes_of, neighbours_of
from cities.errors import PortevoixError
from cities.folder import CityFolder, Home
from cities.model import Commune
from cities.names import fold, hashtag
from cities.reading import read_city
from cities.themes import ALL_THEMES

# French instances. mastodon.social is left out: its terms, since July 2025, forbid automated
# reading. Terms change, so the notice below asks the operator to read each instance's first.
INSTANCES = ("piaille.fr", "mastodon.zaclys.com")
NOTICE = """\
# {name}: the city file of Portevoix. `portevoix check {city_id}` says whether it works.
#
# Read the terms of each Mastodon instance (https://INSTANCE/about, /terms-of-service) before the
# first night, and take out one whose terms forbid automated reading.
# Sources start with use `listen`: counts and themes of the city, no person.
# Before residents may be ranked (use: rank), fill the privacy block with the city's own acts:
# privacy:
#   deliberation: Délibération du conseil municipal du …
#   data_protection_officer: dpo@…
#   impact_assessment: reference of the impact assessment (AIPD)
#   notice_url: https://… (page that informs residents and takes objections)
"""


def city_id_of(commune: Commune) -> str:
    """The city's slug.

    >>> from cities.communes import find_commune
    >>> city_id_of(find_commune("Aix-en-Provence"))
    'aix-en-provence'
    """
    return fold(commune.name).replace(" ", "-")


def found_city(home: Home, name: str) -> CityFolder:
    """Make the folder of the commune of that name or INSEE code, and its city file.

    Raises `UnknownCityError` when the list has no such commune or several, `PortevoixError` when
    the city is there already: nothing is overwritten.
    """
    commune = find_commune(name)
    folder = _folder_of(home, commune)
    if folder.city_file.exists():
        raise PortevoixError(f"{folder.city_file}: the city is there already; edit that file")
    folder.make()
    _write_whole(folder.city_file, _first_file(commune, folder.city_id))
    read_city(folder.city_file)
    return folder


def _folder_of(home: Home, commune: Commune) -> CityFolder:
    """The commune's folder; with its INSEE code when another commune of that name has the plain."""
    plain = home.folder(city_id_of(commune))
    is_another_s = plain.city_file.exists() and plain.city().commune.insee != commune.insee
    return home.folder(f"{plain.city_id}-{commune.insee.lower()}") if is_another_s else plain


def _first_file(commune: Commune, city_id: str) -> str:
    data = {
        "city_id": city_id,
        "commune": commune.model_dump(mode="json"),
        "names": {
            "hashtags": [hashtag(commune.name)],
            "inhabitants": [],
            "places": [],
            "namesakes": [other.name for other in namesakes_of(commune)],
            "neighbours": list(neighbours_of(commune)),
        },
        "sources": [
            {"source_id": f"mastodon-{fold(host).split()[0]}", "platform": "mastodon"}
            | {"instance": host, "use": "listen"}
            for host in INSTANCES
        ]
        + [{"source_id": "bodacc", "platform": "bodacc"}],
        "themes": list(ALL_THEMES),
    }
    # one writes "05000" in quotes or YAML reads a number: safe_dump does so by itself
    body = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=100)
    return NOTICE.format(name=commune.name, city_id=city_id) + body


def _write_whole(path: Path, text: str) -> None:
    draft = path.with_suffix(".draft")
    with draft.open("w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    draft.replace(path)
