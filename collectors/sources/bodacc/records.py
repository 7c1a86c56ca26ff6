"""From a notice of the BODACC to openings. Some of its fields are JSON written inside text."""

from __future__ import annotations

__all__ = ["REGISTER", "Notice", "Town", "digest_of", "records_of"]

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from cities.model import Commune
from cities.names import fold, name_forms
from collectors.errors import PayloadError
from collectors.records import Base, Gone, Opening
from collectors.text import read_json

REGISTER = "bodacc"
SIREN = re.compile(r"\d{9}")
# "MÂCON CEDEX 9", "Lyon 3e Arrondissement", "Paris 12", "MARSEILLE 08": the town comes first.
AFTER_TOWN = re.compile(r" (?:cedex(?: \d+)?|\d{1,2}(?: ?(?:er|e|eme))?(?: arrondissement)?)$")
LONGEST_ACTIVITY = 2000
STREET_PARTS = ("numeroVoie", "typeVoie", "nomVoie")


def _unpacked(value: Any) -> Any:
    if not isinstance(value, str):
        return value or {}
    try:
        return read_json(value.encode()) if value.strip() else {}
    except (ValueError, RecursionError):
        raise ValueError("is not JSON inside text") from None


Packed = Annotated[dict[str, Any], BeforeValidator(_unpacked)]
Words = Annotated[str, BeforeValidator(lambda value: "" if value is None else str(value).strip())]


def _identifiers(value: Any) -> Any:
    return value.split(",") if isinstance(value, str) else value or ()


class Notice(BaseModel):
    """One record of the data set; fields that we do not use are not looked at."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: Annotated[str, Field(pattern=r"^\S{1,100}$")]
    publicationavis: Words = ""
    dateparution: date
    typeavis: Words = ""
    familleavis: Words
    commercant: Words = ""
    ville: Words = ""
    cp: Words = ""
    registre: Annotated[tuple[str, ...], BeforeValidator(_identifiers)] = ()
    url_complete: str | None = None
    listepersonnes: Packed = Field(default_factory=dict)
    listeetablissements: Packed = Field(default_factory=dict)
    acte: Packed = Field(default_factory=dict)
    parutionavisprecedent: Packed = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Town:
    """The commune as addresses write it: one of its postcodes and one form of its name."""

    postcodes: frozenset[str]
    names: frozenset[str]

    @classmethod
    def of(cls, commune: Commune) -> Town:
        """The town of a commune."""
        return cls(frozenset(commune.postcodes), frozenset(name_forms(commune.name)))

    def has(self, postcode: str, town: str) -> bool:
        """Whether an address lies in the town. A postcode alone is shared by several communes.

        >>> from cities.communes import find_commune
        >>> Town.of(find_commune("Mâcon")).has("71000", "MACON CEDEX 9")
        True
        """
        plain = AFTER_TOWN.sub("", fold(town))
        return postcode in self.postcodes and not self.names.isdisjoint(name_forms(plain))


def records_of(notice: Notice, *, town: Town, as_of: datetime) -> tuple[Base, ...]:
    """The openings of the town that a notice makes, corrects or cancels.

    A correction bears the id of the notice that it corrects, so that it takes its place. Raises
    `ValidationError` or `PayloadError` when a field is odd.
    """
    if notice.typeavis == "annulation":
        return (_cancelled(notice, as_of),) if town.has(notice.cp, notice.ville) else ()
    opening_id = _previous(notice) if notice.typeavis == "rectificatif" else notice.id
    shops = _listed(notice.listeetablissements, "etablissement") or [{}]
    here = [shop for shop in shops if town.has(*_place(notice, shop))]
    return tuple(
        _opening(notice, shop, opening_id if at == 0 else f"{opening_id}-{at + 1}", as_of)
        for at, shop in enumerate(here)
    )


def digest_of(records: tuple[Base, ...]) -> str:
    """A mark of what records say, whatever the night: the same notice gives the same mark."""
    lines = "\n".join(record.model_dump_json(exclude={"observed_at"}) for record in records)
    return sha256(lines.encode()).hexdigest()[:16]


def _opening(notice: Notice, shop: dict[str, Any], opening_id: str, as_of: datetime) -> Opening:
    postcode, town = _place(notice, shop)
    return Opening(
        register_name=REGISTER,
        opening_id=opening_id,
        siren=_siren(notice),
        name=_name(notice, shop),
        activity=_words(shop, "activite")[:LONGEST_ACTIVITY],
        address=" ".join(filter(None, (_words(_address(shop), part) for part in STREET_PARTS))),
        postcode=postcode,
        town=town,
        opened_on=_opened_on(notice),
        published_on=notice.dateparution,
        url=notice.url_complete or None,
        observed_at=as_of,
    )


def _cancelled(notice: Notice, as_of: datetime) -> Gone:
    return Gone(
        platform=REGISTER,
        what="opening",
        gone_id=_previous(notice),
        reason="withdrawn",
        observed_at=as_of,
    )


def _previous(notice: Notice) -> str:
    """The id of the notice that this one corrects: bulletin, issue, number."""
    before = notice.parutionavisprecedent
    issue, number = _words(before, "numeroParution"), _words(before, "numeroAnnonce")
    bulletin = _words(before, "nomPublication")[-1:] or notice.publicationavis
    if not (issue.isdigit() and number.isdigit()):
        raise PayloadError("parutionavisprecedent: does not say which notice is corrected")
    return f"{bulletin}{issue}{number}"


def _name(notice: Notice, shop: dict[str, Any]) -> str:
    """The name over the door: sign, trade name, company; a trader's own name when that is all."""
    persons = _listed(notice.listepersonnes, "personne")
    person = persons[0] if persons else {}
    candidates = (
        _words(shop, "enseigne"),
        _words(shop, "nomCommercial"),
        _words(person, "nomCommercial"),
        _words(person, "enseigne"),
        _words(person, "denomination"),
        notice.commercant,
    )
    name = next(filter(None, candidates), "")
    if not name:
        raise PayloadError("commercant: the notice names nobody")
    return name


def _place(notice: Notice, shop: dict[str, Any]) -> tuple[str, str]:
    """Postcode and town of a shop; the notice's own when the shop has no address."""
    address = _address(shop)
    return (
        _words(address, "codePostal") or notice.cp,
        _words(address, "ville") or notice.ville,
    )


def _address(shop: dict[str, Any]) -> dict[str, Any]:
    address = shop.get("adresse")
    return address if isinstance(address, dict) else {}


def _siren(notice: Notice) -> str | None:
    plain = (identifier.replace(" ", "") for identifier in notice.registre)
    return next((number for number in plain if SIREN.fullmatch(number)), None)


def _opened_on(notice: Notice) -> Any:
    """As written, for the record to check; the date stands beside or inside the act."""
    acts = [notice.acte, *(part for part in notice.acte.values() if isinstance(part, dict))]
    return next(filter(None, (_words(act, "dateCommencementActivite") for act in acts)), None)


def _words(part: dict[str, Any], name: str) -> str:
    value = part.get(name)
    return str(value).strip() if isinstance(value, str | int) else ""


def _listed(part: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """The data set writes one element as an object and several as a list."""
    value = part.get(name) or []
    items: Iterator[Any] = iter(value if isinstance(value, list) else [value])
    return [item for item in items if isinstance(item, dict)]
