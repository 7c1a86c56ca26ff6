"""One establishment as API Sirene 3.11 writes it, with what partial diffusion masks."""

from __future__ import annotations

__all__ = ["MASKED", "establishment"]

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from demo.world import WorldOpening

MASKED = "[ND]"
PARIS = ZoneInfo("Europe/Paris")
# The day on which the main field passes to NAF 2025, and the temporary fields end.
SWITCH = date(2027, 1, 1)
SOLE_TRADER, COMPANY = "1000", "5499"


def establishment(opening: WorldOpening) -> dict[str, Any]:
    """The JSON of one establishment; times are local and bear no zone."""
    siret = opening.siret or f"{opening.siren}00010"
    created = opening.opened_on or opening.published_on
    diffusion = "P" if opening.is_partial else "O"
    return {
        "siren": opening.siren,
        "nic": siret[9:],
        "siret": siret,
        "statutDiffusionEtablissement": diffusion,
        "dateCreationEtablissement": created.isoformat(),
        "trancheEffectifsEtablissement": "NN",
        "dateDernierTraitementEtablissement": _treated(opening),
        "etablissementSiege": opening.is_head_office,
        "uniteLegale": _unit(opening, diffusion),
        "adresseEtablissement": _address(opening),
        "periodesEtablissement": _periods(opening, created),
    }


def _treated(opening: WorldOpening) -> str:
    moment = opening.recorded_at or datetime.combine(opening.published_on, time(22), UTC)
    return moment.astimezone(PARIS).strftime("%Y-%m-%dT%H:%M:%S.") + "000"


def _unit(opening: WorldOpening, diffusion: str) -> dict[str, Any]:
    is_person = opening.is_sole_trader
    name = MASKED if opening.is_partial else opening.name
    return {
        "statutDiffusionUniteLegale": diffusion,
        "categorieJuridiqueUniteLegale": SOLE_TRADER if is_person else COMPANY,
        "denominationUniteLegale": None if is_person else name,
        "nomUniteLegale": name if is_person else None,
        "prenomUsuelUniteLegale": None,
        "denominationUsuelle1UniteLegale": None,
        "activitePrincipaleUniteLegale": opening.naf,
        "nomenclatureActivitePrincipaleUniteLegale": "NAFRev2",
    }


def _address(opening: WorldOpening) -> dict[str, Any]:
    number, _, street = opening.address.partition(" ")
    if not number.isdigit():
        number, street = "", opening.address
    masked = opening.is_partial
    return {
        "numeroVoieEtablissement": MASKED if masked else number or None,
        "indiceRepetitionEtablissement": None,
        "typeVoieEtablissement": None,
        "libelleVoieEtablissement": MASKED if masked else street or None,
        "codePostalEtablissement": opening.postcode,
        "libelleCommuneEtablissement": opening.town.upper(),
        "codeCommuneEtablissement": opening.insee,
    }


def _periods(opening: WorldOpening, created: date) -> list[dict[str, Any]]:
    is_new = opening.published_on >= SWITCH and opening.naf25 is not None
    period = {
        "dateFin": None,
        "dateDebut": created.isoformat(),
        "etatAdministratifEtablissement": "F" if opening.is_closed else "A",
        "enseigne1Etablissement": MASKED if opening.is_partial else opening.sign or None,
        "enseigne2Etablissement": None,
        "enseigne3Etablissement": None,
        "denominationUsuelleEtablissement": None,
        "activitePrincipaleEtablissement": opening.naf25 if is_new else opening.naf,
        "nomenclatureActivitePrincipaleEtablissement": "NAF2025" if is_new else "NAFRev2",
    }
    if opening.published_on < SWITCH:
        period["activitePrincipaleNAF25Etablissement"] = opening.naf25
    return [period]
