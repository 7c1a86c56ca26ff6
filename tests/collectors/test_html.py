"""HTML that would stall a parser: through the reader alone, and through Mastodon's whole night."""

from __future__ import annotations

import time

import pytest

from cities.folder import CityFolder
from cities.settings import Settings
from collectors.html import read_html
from collectors.run import collect
from tests.collectors.conftest import Serve
from tests.collectors.nights import SAONE, write_briefs
from tests.demo.small_world import NIGHT_1, author, hourly, world

HOSTILE = [
    "<p>", "<![", "<!", "<!--", "<a href='", '<a b="', "<p></b>", "<div><b>", "&#", "<script>",
    "</", "<a '\"'", "<a \"'\"'", "<?", "<table><tr>",
]  # fmt: skip
SIZE = 50_000
TAGS = "/api/v1/timelines/tag/"


@pytest.mark.parametrize(
    ("html", "text", "links"),
    [
        ('<abbr title="a > b">c</abbr>', "c", ()),
        ("<a href='https://c.example/?q=>'>c</a>", "c", ("https://c.example/?q=>",)),
        ('<a href="https://c.example>c</a> d', "c d", ()),
        ("<p>l'eau</p><p class=o'clock>d'ici</p>", "l'eau\n\nd'ici", ()),
        ("<p>1 < 2 & 3 > 2</p>", "1 < 2 & 3 > 2", ()),
        ("<SCRIPT>if (a < b) {}</Script>İ<br>ok", "İ\nok", ()),
        ("<script>a<b && '</script><p>c</p><p>d'e</p>", "c\n\nd'e", ()),
        ("Été\n10&nbsp;h", "Été\n10 h", ()),
        ('<a href="mailto:a@b.example">a</a>', "a", ()),
        ('<a class="u-url x" href="https://c.example/@d">@d</a>', "@d", ()),
        ('<a href="https://c.example/d"><a href="https://c.example/d">', "",
         ("https://c.example/d",)),
    ],
)  # fmt: skip
def test_sound_and_sloppy_html_is_read(html: str, text: str, links: tuple[str, ...]) -> None:
    assert (read_html(html).text, read_html(html).links) == (text, links)


@pytest.mark.parametrize("unit", HOSTILE)
def test_no_html_takes_long(unit: str) -> None:
    html = unit * (400_000 // len(unit))
    began = time.process_time()
    read_html(html)
    assert time.process_time() - began < 5


@pytest.mark.parametrize("field", ["content", "account.note"])
@pytest.mark.parametrize("unit", ["<p>", "<![", "<a href='", "<p></b>"])
def test_mastodon_is_stalled_by_no_post_and_no_bio(
    serve: Serve, folder: CityFolder, settings: Settings, unit: str, field: str
) -> None:
    proxy = serve(world([author("ana")], hourly(3, "ana@saone.example")))
    proxy.set_clock(NIGHT_1)
    value = (unit * SIZE)[:SIZE]
    proxy.set_faults([{"kind": "set", "path": TAGS, "field": field, "value": value, "times": None}])
    write_briefs(folder)
    began = time.process_time()
    outcome = collect(folder, SAONE, NIGHT_1, settings=settings)
    assert time.process_time() - began < 5
    # A text that is too long, once read, is odd; one that is read to nothing is not.
    assert outcome.state == "done"
    assert outcome.counts.posts + outcome.counts.odd == 3
