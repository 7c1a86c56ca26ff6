"""From an establishment of Sirene to an opening.

State, activity and sign have a history: they are read in the period that is not closed. The
activity's code means nothing without its nomenclature: on 2027-01-01 the same field passes from
NAF rev. 2 to NAF 2025, and some codes stay with another meaning.
"""

from __future__ import annotations

__all__ = ["MASKED", "REGISTER", "Establishment", "digest_of", "opening_of"]

from datetime import date, datetime
from hashlib import sha256
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from collectors.errors import PayloadError
from collectors.records import Opening

REGISTER: Literal["sirene"] = "sirene"
# What Insee writes in place of what partial diffusion hides.
MASKED = "[ND]"
PARTIAL = "P"
# Its times are local and bear no zone.
PARIS = ZoneInfo("Europe/Paris")
STREET_PARTS = ("numeroVoieEtablissement", "indiceRepetitionEtablissement",
                "typeVoieEtablissement", "libelleVoieEtablissement")  # fmt: skip
SIGNS = ("enseigne1Etablissement", "denominationUsuelleEtablissement",
         "enseigne2Etablissement", "enseigne3Etablissement")  # fmt: skip
Nomenclature = Literal["NAFRev2", "NAF2025"]
NOMENCLATURES: dict[str, Nomenclature] = {"NAFRev2": "NAFRev2", "NAF2025": "NAF2025",
                                          "NAF25": "NAF2025"}  # fmt: skip


def _words(value: Any) -> str:
    text = "" if value is None else str(value).strip()
    return "" if text == MASKED else text


Words = Annotated[str, BeforeValidator(_words)]


class Part(BaseModel):
    """Fields that we do not use are not looked at."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Unit(Part):
    """The legal unit; of a sole trader the person's own name is not read."""

    denomination: Words = Field(default="", alias="denominationUniteLegale")
    usual_name: Words = Field(default="", alias="denominationUsuelle1UniteLegale")
    diffusion: Words = Field(default="", alias="statutDiffusionUniteLegale")
    legal_category: Words = Field(default="", alias="categorieJuridiqueUniteLegale")


class Establishment(Part):
    """One establishment as the API gives it."""

    siret: Annotated[str, Field(pattern=r"^[0-9]{14}$")]
    siren: Annotated[str, Field(pattern=r"^[0-9]{9}$")]
    created_on: date | None = Field(alias="dateCreationEtablissement")
    treated_at: datetime = Field(alias="dateDernierTraitementEtablissement")
    is_head_office: bool = Field(alias="etablissementSiege")
    diffusion: Words = Field(alias="statutDiffusionEtablissement")
    unit: Unit = Field(alias="uniteLegale")
    address: dict[str, Any] = Field(alias="adresseEtablissement")
    periods: tuple[dict[str, Any], ...] = Field(alias="periodesEtablissement")

    @property
    def is_partial(self) -> bool:
        """Whether its owner, or the legal unit's, asked for partial diffusion."""
        return PARTIAL in (self.diffusion, self.unit.diffusion)

    @property
    def treated_on(self) -> date:
        """The day on which Insee last touched it, in Paris."""
        moment = self.treated_at
        return (moment if moment.tzinfo is None else moment.astimezone(PARIS)).date()

    @property
    def period(self) -> dict[str, Any]:
        """The present period; `PayloadError` when there is none."""
        for period in self.periods:
            if period.get("dateFin") is None:
                return period
        raise PayloadError("periodesEtablissement: no period is open")


def opening_of(shop: Establishment, *, published_on: date, as_of: datetime) -> Opening | None:
    """The opening that an establishment is; None when it is closed.

    Of one under partial diffusion nothing is kept but its number, town and activity. Of a sole
    trader only a trade name: one who has none is named by the activity alone, later.
    """
    period = shop.period
    if _words(period.get("etatAdministratifEtablissement")) == "F":
        return None
    naf, nomenclature = _activity(period)
    is_open = not shop.is_partial
    return Opening(
        register_name=REGISTER,
        opening_id=shop.siret,
        siren=shop.siren,
        siret=shop.siret,
        is_head_office=shop.is_head_office,
        is_partial=shop.is_partial,
        name=_name(shop, period) if is_open else "",
        naf=naf,
        naf_nomenclature=nomenclature,
        address=_street(shop) if is_open else "",
        postcode=_words(shop.address.get("codePostalEtablissement")),
        town=_words(shop.address.get("libelleCommuneEtablissement")),
        opened_on=shop.created_on,
        published_on=published_on,
        observed_at=as_of,
    )


def digest_of(opening: Opening) -> str:
    """A mark of what an opening says, whatever the night."""
    return sha256(opening.model_dump_json(exclude={"observed_at"}).encode()).hexdigest()[:16]


def _activity(period: dict[str, Any]) -> tuple[str | None, Nomenclature | None]:
    """The code with the nomenclature that it states; neither when the statement is unknown."""
    code = _words(period.get("activitePrincipaleEtablissement"))
    stated = _words(period.get("nomenclatureActivitePrincipaleEtablissement"))
    known = NOMENCLATURES.get(stated)
    return (code, known) if code and known else (None, None)


def _name(shop: Establishment, period: dict[str, Any]) -> str:
    signs = [_words(period.get(name)) for name in SIGNS]
    return next(filter(None, [*signs, shop.unit.usual_name, shop.unit.denomination]), "")[:500]


def _street(shop: Establishment) -> str:
    return " ".join(filter(None, (_words(shop.address.get(name)) for name in STREET_PARTS)))[:500]
