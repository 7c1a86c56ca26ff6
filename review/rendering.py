"""Templates in the reader's language, and the headers that each page carries."""

from __future__ import annotations

__all__ = ["HEADERS", "language_of", "render"]

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from starlette.requests import Request
from starlette.responses import HTMLResponse

from cities.bands import band_of
from review.formats import Formats
from review.languages import DEFAULT_LANGUAGE, LANGUAGES, translations_of
from review.words import WORDS

TEMPLATES = Path(__file__).parent / "templates"
# No script, no frame, nothing from elsewhere; addresses hold people's ids, so none is passed on.
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'none'; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Robots-Tag": "noindex, nofollow",
}


def language_of(request: Request) -> str:
    """The language that the address names, French otherwise."""
    first = request.url.path.strip("/").partition("/")[0]
    return first if first in LANGUAGES else DEFAULT_LANGUAGE


# What every page has, where no city says otherwise.
FRAME: dict[str, object] = {"city": None, "zone": None, "is_open": False, "place": None}


def render(
    request: Request,
    template: str,
    *,
    status: int = 200,
    context: Mapping[str, object] | None = None,
) -> HTMLResponse:
    """One page in the language of its address; never stored, for a block must act at once."""
    language = language_of(request)
    page = _environment(language).get_template(template)
    body = page.render(
        language=language,
        languages=_languages(request, language),
        **FRAME | dict(context or {}),
    )
    return HTMLResponse(body, status, headers={"Cache-Control": "no-store"})


def _languages(request: Request, language: str) -> list[tuple[str, str, str, bool]]:
    """(code, name, address of this page in it, is it the current one) of each language."""
    raw: bytes = request.scope.get("raw_path") or request.url.path.encode()
    path = quote(raw.decode("latin-1"), safe="/%:@")
    rest = path.removeprefix(f"/{language}")
    rest = rest if rest.startswith("/") and rest != path else "/"
    query = f"?{request.url.query}" if request.url.query else ""
    return [
        (code, name, f"/{code}{rest}{query}", code == language) for code, name in LANGUAGES.items()
    ]


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.policies["ext.i18n.trimmed"] = True
    translations = translations_of(language)
    environment.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]  # added by the i18n extension
    environment.filters |= Formats(language).filters()
    environment.filters["band"] = band_of
    environment.filters["word"] = _worder(translations.gettext)
    return environment


def _worder(translate: Callable[[str], str]) -> Callable[[Context, str, str], str]:
    @pass_context
    def word(context: Context, code: str, kind: str) -> str:
        # Labels of themes are data of the night; a macro sees them when imported with context.
        if kind == "theme" and code in (labels := context.get("theme_labels") or {}):
            return str(labels[code])
        message = WORDS[kind].get(code)
        return translate(message) if message else code

    return word
