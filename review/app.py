"""The application: pages, static files, error pages, headers. Start with `create_app`."""

from __future__ import annotations

__all__ = ["create_app"]

import ipaddress
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cities.errors import PortevoixError
from cities.folder import Home
from cities.settings import Settings
from decisions.errors import MalformedError, RefusedError, UnknownError
from decisions.store import open_store
from review.languages import DEFAULT_LANGUAGE
from review.pages import (
    cities,
    deciding,
    notice,
    occasions,
    openings,
    overview,
    preferences,
    relay,
    resident,
    residents,
    sources,
    team,
)
from review.rendering import HEADERS, render
from review.visit import Site

STATIC = Path(__file__).parent / "static"
# In order: the first route that matches wins.
AREAS = (
    *(cities, overview, residents, resident, team, openings, occasions, relay),
    *(deciding, preferences, sources, notice),
)
UNDECIDED = {MalformedError: 400, UnknownError: 404, RefusedError: 409}


def create_app(home: Home, settings: Settings) -> FastAPI:
    """The pages of all cities of `home`. Serve them with `review.serve.serve`."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with open_store(settings) as store:
            app.state.site = Site(home, store)
            yield

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_api_route("/", _home, include_in_schema=False)
    for area in AREAS:
        app.include_router(area.router)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _refused)
    app.add_exception_handler(PortevoixError, _unavailable)
    for kind in UNDECIDED:
        app.add_exception_handler(kind, _undecided)
    app.add_exception_handler(Exception, _broken)
    app.add_middleware(Guard)
    return app


def _home() -> Response:
    return RedirectResponse(f"/{DEFAULT_LANGUAGE}/", 307)


def _refused(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 400
    return render(request, "errors/refused.html", status=status, context={"code": status})


def _unavailable(request: Request, error: Exception) -> Response:
    # Our own errors are one sentence without a handle, a text or a token: it may be shown.
    return render(request, "errors/unavailable.html", status=503, context={"sentence": str(error)})


def _undecided(request: Request, error: Exception) -> Response:
    status = UNDECIDED[type(error)]  # type: ignore[index]  # the kinds that it is added for
    context = {"sentence": str(error)}
    return render(request, "errors/undecided.html", status=status, context=context)


def _broken(request: Request, _error: Exception) -> Response:
    # This page is made outside `Guard`, so it takes the headers along.
    page = render(request, "errors/broken.html", status=500)
    page.headers.update(HEADERS)
    return page


class Guard:
    """Answers this machine alone, and puts the security headers on each answer.

    A page of another site cannot read these pages by pointing its own name at 127.0.0.1 (DNS
    rebinding): the Host must be a loopback name too.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        app = self._app if _is_local(scope) else Response("loopback only\n", 403)
        await app(scope, receive, send_with_headers)


def _is_local(scope: Scope) -> bool:
    host = Headers(scope=scope).get("host", "")
    name = host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]
    listening = (scope.get("server") or ("", 0))[0]
    return _is_loopback(name) and _is_loopback(listening)


def _is_loopback(name: str) -> bool:
    try:
        return name == "localhost" or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
