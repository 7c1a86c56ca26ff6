"""One act through a form: from a page of ours, by the person at this machine, then back to a page.

Until accounts and roles exist the pages serve their own machine alone, and who acts is its user,
as on the command line.
"""

from __future__ import annotations

__all__ = ["ActForm", "acting", "back_to"]

import getpass
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from secrets import compare_digest

from fastapi import HTTPException
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, ConfigDict, Field

from decisions.act import Act
from review.visit import Visit


class ActForm(BaseModel):
    """The fields that every form has; any other field is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    token: str = Field(max_length=100)


def acting(visit: Visit, form: ActForm) -> AbstractContextManager[Act]:
    """An act in the city of this visit; raises 403 for a form that is not of this server.

    A page of another site can post here, but cannot read the token that our own forms carry.
    """
    if not compare_digest(form.token.encode(), visit.site.form_token.encode()):
        raise HTTPException(403)
    return visit.site.store.act(visit.city.city_id, actor=getpass.getuser(), at=datetime.now(UTC))


def back_to(visit: Visit, path: str) -> RedirectResponse:
    """To a page of the city, by GET: loading it again does nothing twice."""
    return RedirectResponse(f"{visit.place}/{path}", 303)
