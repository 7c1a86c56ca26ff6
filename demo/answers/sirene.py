"""Insee's register: API Sirene 3.11 over a world's openings (`GET /siret`)."""

from __future__ import annotations

__all__ = ["SireneSite"]

import base64
import binascii
import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from demo.answers.establishments import establishment
from demo.exchange import Answer, Request, json_answer
from demo.limits import PlatformLimits
from demo.quota import Quota
from demo.services import SireneService
from demo.world import WorldOpening

Record = dict[str, Any]
PATH = "/api-sirene/3.11/siret"
FIELDS = ("codeCommuneEtablissement", "dateCreationEtablissement",
          "dateDernierTraitementEtablissement", "siret")  # fmt: skip
TERM = re.compile(r"(?P<field>\w+):(?:\[(?P<low>\S+) TO (?P<high>\S+)\]|(?P<value>[\w.-]+))")


class QuestionError(Exception):
    """A question that the register does not understand."""


class SireneSite:
    """The establishments that were recorded by `now`; asks for the demo's key."""

    def __init__(
        self,
        openings: Sequence[WorldOpening],
        service: SireneService,
        *,
        limits: PlatformLimits,
        quota: Quota,
    ) -> None:
        self.token: str | None = service.key
        shown = [opening for opening in openings if "sirene" in opening.registers]
        self._rows = sorted(
            ((opening, establishment(opening)) for opening in shown),
            key=lambda row: str(row[1]["siret"]),
        )
        self._limits = limits
        self._quota = quota

    def answer(self, request: Request) -> Answer:
        """Answer one request: 401 without key, 404 when nothing is found, 429 beyond the quota."""
        if request.header("x-insee-api-key-integration") != self.token:
            return _said(401, "Cle d'integration absente ou invalide")
        if request.path.rstrip("/") != PATH:
            return _said(404, f"{request.path} : ressource inconnue", has_header=False)
        standing = self._quota.take()
        if standing.is_over:
            return _said(429, "Vous avez depasse votre quota d'appels")
        try:
            return self._found(request)
        except QuestionError as error:
            return _said(400, str(error))

    def _found(self, request: Request) -> Answer:
        size = self._size(request)
        keep = _meaning(request.parameter("q") or "")
        recorded = [row for opening, row in self._rows if _is_recorded(opening, request.now)]
        found = [row for row in recorded if keep(row)]
        cursor = request.parameter("curseur")
        after = _last_siret(cursor)
        page = [row for row in found if row["siret"] > after][:size]
        if not found:
            return _said(404, "Aucun element trouve pour les criteres de recherche")
        header: Record = {
            "statut": 200,
            "message": "OK",
            "total": len(found),
            "debut": 0,
            "nombre": len(page),
        }
        if cursor is not None:
            # At the end the register hands back the cursor that it was given.
            following = _cursor(page[-1]["siret"]) if page else cursor
            header |= {"curseur": cursor, "curseurSuivant": following}
        return json_answer({"header": header, "etablissements": page})

    def _size(self, request: Request) -> int:
        given = request.parameter("nombre") or str(self._limits.page_default)
        if not given.isdigit() or int(given) > self._limits.page_max:
            raise QuestionError(f"nombre : de 0 a {self._limits.page_max}")
        return int(given)


def _is_recorded(opening: WorldOpening, now: datetime) -> bool:
    recorded = opening.recorded_at
    return opening.is_shown_at(now) if recorded is None else recorded <= now


def _meaning(question: str) -> Callable[[Record], bool]:
    """What a question keeps: terms joined by AND, each one term or (term OR term)."""
    if not question:
        return lambda _: True
    clauses = [
        [_term(part) for part in clause.strip("() ").split(" OR ")]
        for clause in question.split(" AND ")
    ]
    return lambda row: all(any(term(row) for term in clause) for clause in clauses)


def _term(text: str) -> Callable[[Record], bool]:
    found = TERM.fullmatch(text.strip())
    if found is None or found["field"] not in FIELDS:
        raise QuestionError(f"Erreur de syntaxe dans le parametre q : {text[:60]}")
    field, low, high, value = found["field"], found["low"], found["high"], found["value"]
    if value is not None:
        return lambda row: _of(row, field) == value
    return lambda row: (
        (low == "*" or _of(row, field) >= low) and (high == "*" or _of(row, field) <= high)
    )


def _of(row: Record, field: str) -> str:
    return str(row["adresseEtablissement"].get(field) or row.get(field) or "")


def _cursor(siret: str) -> str:
    return base64.urlsafe_b64encode(siret.encode()).decode()


def _last_siret(cursor: str | None) -> str:
    if cursor in (None, "*"):
        return ""
    try:
        return base64.urlsafe_b64decode(str(cursor).encode()).decode()
    except (binascii.Error, UnicodeDecodeError):
        raise QuestionError("curseur : valeur inconnue") from None


def _said(status: int, message: str, *, has_header: bool = True) -> Answer:
    body: Record = {"header": {"statut": status, "message": message}}
    return json_answer(body if has_header else {"message": message}, status=status)
