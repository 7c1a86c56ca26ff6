"""The sites of a world's blogs and local media: what their feeds are, and what they refuse."""

from __future__ import annotations

__all__ = ["FEED_PATHS", "make_sites"]

from collections.abc import Mapping, Sequence
from typing import Literal

from numpy.random import Generator

from demo.opt_outs import OptOut
from demo.services import Website
from demo.world import WorldAuthor

Form = Literal["wordpress", "rss2", "rss1", "rss091", "atom"]

# Form of the feed → its usual place, and how many of a hundred sites have it.
FEED_PATHS: Mapping[Form, tuple[str, ...]] = {
    "wordpress": ("/feed/",), "rss2": ("/rss.xml", "/backend.xml"),
    "atom": ("/atom.xml", "/feeds/posts/default"), "rss1": ("/index.rdf",),
    "rss091": ("/backend.rss",),
}  # fmt: skip
_FORMS: tuple[Form, ...] = (
    "wordpress", "wordpress", "rss2", "atom", "wordpress", "rss1", "wordpress", "rss2", "rss091",
    "atom", "wordpress", "rss2", "wordpress", "wordpress", "rss1", "atom", "wordpress", "rss2",
    "wordpress", "wordpress",
)  # fmt: skip
_ENTRIES = (10, 10, 10, 12, 20, 5)
_NOT_DISCOVERABLE = 0.15
_RULES = (
    None,
    "User-agent: *\nDisallow: /wp-admin/\n",
    "User-agent: GPTBot\nDisallow: /\n",
    "User-agent: *\nCrawl-delay: 1\nDisallow: /recherche\n",
)


def make_sites(
    authors: Sequence[WorldAuthor], opt_outs: Mapping[int, OptOut], rng: Generator
) -> tuple[Website, ...]:
    """One site for each author of the platform `blog`, in their order; every form in turn."""
    sites: list[Website] = []
    for at, author in enumerate(authors):
        if author.platform != "blog":
            continue
        form = _FORMS[len(sites) % len(_FORMS)]
        paths, refusal = FEED_PATHS[form], opt_outs.get(at, OptOut())
        rules = _RULES[int(rng.integers(len(_RULES)))]
        sites.append(
            Website(
                host=author.host,
                title=author.display_name,
                description=author.bio,
                form=form,
                feed_path=paths[int(rng.integers(len(paths)))],
                is_discoverable=bool(rng.random() >= _NOT_DISCOVERABLE),
                entries_a_page=_ENTRIES[int(rng.integers(len(_ENTRIES)))],
                robots=refusal.robots or rules,
                is_noindex=refusal.is_noindex,
            )
        )
    return tuple(sites)
