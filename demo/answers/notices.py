"""A notice of the BODACC as its open data give it: flat fields, and JSON inside text."""

from __future__ import annotations

__all__ = ["FIELDS", "notice"]

import json
import re
from typing import Any
from zlib import crc32

from demo.world import WorldOpening

FAMILIES = {
    "creation": "Créations",
    "vente": "Ventes et cessions",
    "radiation": "Radiations",
}
STREET = re.compile(
    r"(?P<numeroVoie>\d+(?:\s?(?:bis|ter)\b)?)?\s*(?P<typeVoie>\w+)?\s*(?P<nomVoie>.*)"
)
FIELDS = (
    "id", "publicationavis", "publicationavis_facette", "parution", "dateparution",
    "numeroannonce", "typeavis", "typeavis_lib", "familleavis", "familleavis_lib",
    "numerodepartement", "departement_nom_officiel", "region_code", "region_nom_officiel",
    "tribunal", "commercant", "ville", "registre", "cp", "pdf_parution_subfolder",
    "ispdf_unitaire", "listepersonnes", "listeetablissements", "jugement", "acte",
    "modificationsgenerales", "radiationaurcs", "depot", "listeprecedentexploitant",
    "listeprecedentproprietaire", "divers", "parutionavisprecedent", "url_complete",
)  # fmt: skip


def notice(opening: WorldOpening) -> dict[str, Any]:
    """One record: every field of the data set, null where the notice has nothing to say.

    Only `listeetablissements` has two forms, an object or a list of them, as in the real data.
    """
    spaced = " ".join(re.findall("...", opening.siren))
    number = crc32(opening.opening_id.encode()) % 5000 + 1
    known: dict[str, Any] = {
        "id": opening.opening_id,
        "publicationavis": "B" if opening.family == "radiation" else "A",
        "publicationavis_facette": "Bodacc B" if opening.family == "radiation" else "Bodacc A",
        "parution": opening.published_on.strftime("%Y") + f"{opening.published_on:%j}".zfill(4),
        "dateparution": opening.published_on.isoformat(),
        "numeroannonce": number,
        "typeavis": "annonce",
        "typeavis_lib": "Avis initial",
        "familleavis": opening.family,
        "familleavis_lib": FAMILIES[opening.family],
        "numerodepartement": opening.departement,
        "tribunal": "Greffe du Tribunal de Commerce de Chalon-sur-Saône",
        "commercant": opening.name,
        "ville": opening.town,
        "registre": [opening.siren, spaced],
        "cp": opening.postcode,
        "pdf_parution_subfolder": 2,
        "ispdf_unitaire": "non",
        "listepersonnes": _text({"personne": _person(opening, spaced)}),
        "url_complete": "https://www.bodacc.fr/pages/annonces-commerciales-detail/"
        f"?q.id=id:{opening.opening_id}",
    }
    if opening.family == "radiation":
        known["radiationaurcs"] = _text({"radiationPM": "O"})
    else:
        known["acte"] = _text(_act(opening))
        known["listeetablissements"] = _text({"etablissement": _establishments(opening, number)})
    return {field: known.get(field) for field in FIELDS}


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _person(opening: WorldOpening, spaced: str) -> dict[str, Any]:
    register = {"numeroIdentification": spaced, "codeRCS": "RCS",
                "nomGreffeImmat": "Chalon-sur-Saône"}  # fmt: skip
    return {
        "typePersonne": "pm",
        "numeroImmatriculation": register,
        "denomination": opening.name,
        "formeJuridique": "Société à responsabilité limitée",
        "adresseSiegeSocial": _address(opening),
    }


def _address(opening: WorldOpening) -> dict[str, str]:
    match = STREET.fullmatch(opening.address.strip())
    street = {name: value for name, value in match.groupdict().items() if value} if match else {}
    place = {"codePostal": opening.postcode, "ville": opening.town, "pays": "France"}
    return {**street, **place}


def _establishments(opening: WorldOpening, number: int) -> dict[str, Any] | list[dict[str, Any]]:
    origin = "Création" if opening.family == "creation" else "Achat d'un fonds de commerce"
    shop = {
        "origineFonds": origin,
        "qualiteEtablissement": "Etablissement principal",
        "activite": opening.activity,
        "adresse": _address(opening),
    }
    return [shop] if number % 3 == 0 else shop


def _act(opening: WorldOpening) -> dict[str, Any]:
    act: dict[str, Any] = {
        "dateImmatriculation": opening.published_on.isoformat(),
        "descriptif": "Immatriculation d'une personne morale suite à création d'un établissement",
    }
    if opening.opened_on is not None:
        act["dateCommencementActivite"] = opening.opened_on.isoformat()
    kind = "creation" if opening.family == "creation" else "vente"
    return {kind: {"categorieCreation": act["descriptif"]}, **act}
