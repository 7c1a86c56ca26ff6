"""Pictures of the demo city's pages for the guides: `make screenshots`.

A real Chromium takes them, light, 1280 pixels wide, from the snapshot that `make run` left; where
there is none, the demo runs first, in a home that is thrown away. Written to
`docs/pictures/<language>/<page>.png`; git keeps only those that the READMEs show (.gitignore).
"""

from __future__ import annotations

__all__ = ["PICTURES", "addresses_of", "take_all"]

import shutil
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

from PIL import Image

# What only developers install: `make screenshots` brings it, and nothing else imports this module.
from playwright.sync_api import Browser, sync_playwright
from rich.console import Console

from cities.folder import CityFolder, Home
from cities.settings import Settings, load_settings
from operate.demo import DEMO_CITY, run_demo
from operate.errors import OperateError
from review.languages import LANGUAGES
from review.serve import review_server
from review.snapshot import Snapshots

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
WIDTH = 1280
HIGHEST = 1500
COLOURS = 128
SECONDS_TO_START = 30
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
# Root cannot sandbox it, and nothing but our own pages is shown.
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


def addresses_of(folder: CityFolder) -> Mapping[str, str]:
    """Picture → address below the city's, of the newest night.

    The resident is the first of the team, the occasion the first project of the city.
    """
    snapshot = Snapshots().newest(folder)
    team, occasions = snapshot.rows("team", blocked=[]), snapshot.rows("occasions")
    if not team or not occasions:
        raise OperateError(f"{folder.city_id}: its last night shows too little; run another night")
    return {
        "overview": "",
        "residents": "habitants",
        "resident": f"habitants/{quote(team[0]['person_id'], safe='')}",
        "team": "equipe",
        "openings": "ouvertures",
        "occasion": f"occasions/{quote(occasions[0]['occasion_id'])}",
        "relay": "relay",
        "preferences": "preferences",
        "sources": "sources",
        "notice": "donnees",
    }


def take_all(settings: Settings, *, console: Console) -> None:
    """Take each page in each language; what stood in `docs/pictures` is written over."""
    with _demo_home(settings, console) as used:
        folder = used.home.folder(DEMO_CITY)
        addresses = addresses_of(folder)
        with _served(used.home, used) as address, _chromium() as browser:
            for language in LANGUAGES:
                for name, page in addresses.items():
                    target = PICTURES / language / f"{name}.png"
                    target.parent.mkdir(parents=True, exist_ok=True)
                    taken = _picture(browser, f"{address}{language}/{folder.city_id}/{page}")
                    target.write_bytes(_smaller(taken))
                    console.print(f"{target}  {target.stat().st_size // 1024} KB", highlight=False)


@contextmanager
def _demo_home(settings: Settings, console: Console) -> Iterator[Settings]:
    folder = settings.home.folder(DEMO_CITY)
    if any(folder.snapshots.glob("[!.]*.duckdb")):
        yield settings
        return
    with tempfile.TemporaryDirectory() as place:
        thrown_away = settings.model_copy(update={"data": Path(place), "decisions_url": None})
        run_demo(thrown_away, size="small", console=console)
        yield thrown_away


@contextmanager
def _served(home: Home, settings: Settings) -> Iterator[str]:
    """The pages on a free port of loopback; gives their address."""
    ready, found = threading.Event(), list[str]()

    def say(address: str) -> None:
        found.append(address)
        ready.set()

    server = review_server(home, settings.model_copy(update={"port": 0}), ready=say)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        if not ready.wait(SECONDS_TO_START):
            raise OperateError("screenshots: the pages did not start; try `portevoix serve`")
        yield found[0]
    finally:
        server.should_exit = True
        thread.join(SECONDS_TO_START)


@contextmanager
def _chromium() -> Iterator[Browser]:
    """The Chromium of this machine, else Playwright's own (`make chromium` brings one)."""
    path = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


def _picture(browser: Browser, address: str) -> bytes:
    """A PNG of the page's top, `HIGHEST` pixels at most."""
    context = browser.new_context(
        viewport={"width": WIDTH, "height": 800}, color_scheme="light", reduced_motion="reduce"
    )
    page = context.new_page()
    answer = page.goto(address)
    if answer is None or not answer.ok:
        raise OperateError(f"screenshots: {address} cannot be shown; open it in a browser")
    height = int(page.evaluate("document.documentElement.scrollHeight"))
    page.set_viewport_size({"width": WIDTH, "height": min(height, HIGHEST)})
    taken = page.screenshot()
    context.close()
    return taken


def _smaller(png: bytes) -> bytes:
    """The same picture in fewer colours: a third of the bytes, and text as sharp."""
    small = BytesIO()
    with Image.open(BytesIO(png)) as picture:
        picture.convert("RGB").quantize(COLOURS).save(small, "PNG", optimize=True)
    return small.getvalue()


if __name__ == "__main__":
    take_all(load_settings(), console=Console(soft_wrap=True))
