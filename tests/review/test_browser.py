"""Everyone can read the pages: axe, keyboard, zoom, narrow screens, without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from tests.review.test_pages import PAGES

pytestmark = pytest.mark.browser

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
REFUSED = ["/{lang}/nulle-part/", "/{lang}/montreval/habitants?band=Z", "/{lang}/valmont/equipe"]
FOCUSED = "document.activeElement.getAttribute('href') || document.activeElement.tagName"
OUTLINED = "getComputedStyle(document.activeElement).outlineStyle"
TOO_WIDE = """[...document.querySelectorAll('body *')]
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1
        && !e.closest('.unseen, .skip, thead'))
    .map(e => e.outerHTML.slice(0, 90))"""


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def opened(browser: Browser, address: str, **options: Any) -> Iterator[Page]:
    context = browser.new_context(base_url=address, **options)
    yield context.new_page()
    context.close()


def open_details(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")


def faults(page: Page, *rules: str) -> list[str]:
    """What axe finds on a page, by all its rules or some."""
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if rules:
        options["runOnly"] = {"type": "rule", "values": list(rules)}
    violations = Axe().run(page, options=options).response["violations"]
    return [f"{one['id']}: {node['target']}" for one in violations for node in one["nodes"]]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_axe_finds_nothing(browser: Browser, address: str, lang: str) -> None:
    found: dict[str, list[str]] = {}
    with opened(browser, address, color_scheme="light") as page:
        for path in PAGES + REFUSED:
            page.goto(path.format(lang=lang))
            open_details(page)
            light = faults(page)
            page.emulate_media(color_scheme="dark")
            found[path] = light + faults(page, "color-contrast")
            page.emulate_media(color_scheme="light")
    assert {path: fault for path, fault in found.items() if fault} == {}


def test_axe_would_see_a_fault(browser: Browser, address: str) -> None:
    with opened(browser, address, color_scheme="dark") as page:
        page.goto("/fr/montreval/")
        page.evaluate("document.querySelector('h1').style.color = '#333'")
        page.evaluate("document.querySelector('.columns').removeAttribute('aria-label')")
        assert {fault.partition(":")[0] for fault in faults(page)} == {
            "color-contrast",
            "svg-img-alt",
        }


@pytest.mark.parametrize(
    ("what", "options", "root_size"),
    [
        ("320 pixels", {"viewport": {"width": 320, "height": 640}}, None),
        ("200 % zoom", {"viewport": {"width": 640, "height": 450}, "device_scale_factor": 2}, None),
        ("200 % text", {"viewport": {"width": 1280, "height": 900}}, "212.5%"),
    ],
)
def test_nothing_scrolls_sideways(
    browser: Browser, address: str, what: str, options: dict[str, Any], root_size: str | None
) -> None:
    with opened(browser, address, **options) as page:
        for path in PAGES + REFUSED:
            page.goto(path.format(lang="fr"))
            open_details(page)
            if root_size:
                page.evaluate(f"document.documentElement.style.fontSize = '{root_size}'")
            assert page.evaluate(TOO_WIDE) == [], f"{what}: {path}"


def test_the_keyboard_reaches_everything_in_order(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        page.goto("/fr/montreval/habitants")
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUSED) == "#content"
        assert page.locator(".skip").bounding_box()["y"] >= 0  # type: ignore[index]  # it is drawn
        reached = []
        for _ in range(8):
            page.keyboard.press("Tab")
            assert page.evaluate(OUTLINED) != "none"
            reached.append(page.evaluate(FOCUSED))
        assert reached == [
            "/fr/",
            "/fr/montreval/",
            "/fr/montreval/habitants",
            "/en/montreval/habitants",
            "/fr/montreval/",
            "/fr/montreval/habitants",
            "/fr/montreval/equipe",
            "/fr/montreval/ouvertures",
        ]


def test_the_skip_link_leads_to_the_content(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        page.goto("/fr/montreval/equipe")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.tagName") == "MAIN"
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUSED) == "/fr/montreval/habitants/p01"


def test_all_works_without_javascript_and_reaches_nothing_else(
    browser: Browser, address: str
) -> None:
    reached: set[str] = set()
    with opened(browser, address, java_script_enabled=False) as page:
        page.on("request", lambda request: reached.add(urlsplit(request.url).netloc))
        page.goto("/")
        page.get_by_role("link", name="Montréval").first.click()
        page.get_by_role("navigation").get_by_role("link", name="Habitants").click()
        page.get_by_label("Le nom contient").fill("Œuvrard")
        page.get_by_label("Trier par").select_option(label="Nom")
        page.get_by_role("button", name="Afficher").click()
        page.get_by_role("link", name="Jean Œuvrard 3").click()
        page.get_by_text("Pourquoi : Portée dans la ville").click()
        assert page.get_by_role("cell", name="+4,10").is_visible()
        page.get_by_role("link", name="English").click()
        assert page.get_by_role("heading", name="Each score, and why").is_visible()
    assert reached == {urlsplit(address).netloc}


def test_a_table_keeps_its_meaning_on_a_narrow_screen(browser: Browser, address: str) -> None:
    with opened(browser, address, viewport={"width": 320, "height": 640}) as page:
        page.goto("/fr/montreval/habitants")
        table = page.get_by_role("table")
        assert table.get_by_role("rowheader", name="Karim Amrani 1").is_visible()
        assert table.get_by_role("columnheader", name="Habitant").count() == 1
