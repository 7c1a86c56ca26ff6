"""From one page of a feed to what lands of it."""

from __future__ import annotations

__all__ = ["Harvest", "Lens", "harvest"]

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from cities.model import City
from cities.names import fold, name_forms
from cities.sources import BlogSource
from collectors.errors import PayloadError
from collectors.paging import Odd, sift
from collectors.records import Post
from collectors.sources.blog.feed import Feed
from collectors.sources.blog.reading import BELOW_FIRST, Pending, SiteReading
from collectors.sources.blog.records import Site, dates_of, mark_of, post_id_of, post_of

# Forty entries a day for 120 days; a site may not lead on for ever.
MOST_PAGES = 500
UNDATED = "published: the entry has no date, and nothing tells how old it is"


@dataclass(frozen=True, slots=True)
class Lens:
    """What is kept of the sites: entries of the last days that name the city, or all of them."""

    names: tuple[str, ...]
    history_days: int
    is_about_city: bool

    @classmethod
    def of(cls, city: City, source: BlogSource) -> Lens:
        """The lens of a source in its city."""
        given = (city.commune.name, *city.names.aliases, *city.names.inhabitants)
        forms = [form for name in given for form in name_forms(name)]
        forms += [fold(tag) for tag in city.names.hashtags]
        return cls(tuple(dict.fromkeys(forms)), source.history_days, source.is_about_city)

    @property
    def mark(self) -> str:
        """A mark of the lens: when it changes, feeds are read again from their beginning."""
        return sha256(repr(self).encode()).hexdigest()[:16]

    def oldest(self, as_of: datetime) -> datetime:
        """The first moment of the history."""
        return as_of - timedelta(days=self.history_days)

    def keeps(self, post: Post) -> bool:
        """Whether a post is of the city."""
        if self.is_about_city:
            return True
        said = f" {fold(' '.join((post.text, *post.hashtags)))} "
        return any(f" {name} " in said for name in self.names)


@dataclass(slots=True)
class Harvest:
    """One page: what lands, what is odd, the marks that become true, whether more may follow.

    `met`: addresses of all entries on the page.
    """

    posts: tuple[Post, ...]
    odd: tuple[Odd, ...]
    pending: Pending
    met: tuple[str, ...]
    is_last: bool


@dataclass(slots=True)
class _Sieve:
    """Reads the entries of one page, one by one, and remembers what it saw."""

    feed: Feed
    site: Site
    state: SiteReading
    lens: Lens
    as_of: datetime
    window: dict[str, str] = field(default_factory=dict)
    dates: dict[str, datetime | None] = field(default_factory=dict)
    met: list[str] = field(default_factory=list)
    is_waiting: bool = False
    has_old: bool = False

    def read(self, entry: Any) -> Post | None:
        """The post of an entry when it is to land; `PayloadError` or `ValidationError`."""
        key = sha256(post_id_of(entry).encode()).hexdigest()[:16]
        when = self._published_at(entry, key)
        if when is None:
            self.window[key] = ""
            return None
        if when > self.as_of:
            self.is_waiting = True
            return None
        post = post_of(entry, self.feed, self.site, published_at=when, as_of=self.as_of)
        self.met.append(post.url)
        self.window[key] = mark_of(post)
        if when < self.lens.oldest(self.as_of):
            self.has_old = True
            return None
        is_known = self.state.window.get(key) == self.window[key]
        return post if not is_known and self.lens.keeps(post) else None

    def _published_at(self, entry: Any, key: str) -> datetime | None:
        """When an entry was published; None for one that was undated when the site was new."""
        published, updated = dates_of(entry)
        if published is not None:
            return published
        if key in self.state.dates:
            given = self.state.dates[key]
        elif updated is not None:
            given = updated
        elif self.state.window:
            # It was not there the last time: it came since.
            given = self.as_of
        else:
            self.window[key], self.dates[key] = "", None
            raise PayloadError(UNDATED)
        self.dates[key] = given
        return given


def harvest(
    feed: Feed, site: Site, state: SiteReading, lens: Lens, *, as_of: datetime, position: str
) -> Harvest:
    """Read one page of a feed, as of a night."""
    sieve = _Sieve(feed, site, state, lens, as_of)
    found, odd = sift(feed.entries, sieve.read, position=position)
    before = state.pending
    is_new = not sieve.window.keys() <= before.window.keys()
    meets_known = not sieve.window.keys().isdisjoint(state.window)
    pending = before.model_copy(
        update={
            "page": before.page + 1,
            "window": _shortened(before) | sieve.window,
            "dates": before.dates | sieve.dates,
            "count_first": before.count_first or len(sieve.window),
        }
    )
    if sieve.is_waiting:
        # What waits for its day would be hidden by a 304.
        pending = pending.model_copy(update={"etag": "", "modified": ""})
    return Harvest(
        posts=tuple({post.post_id: post for post in found if post is not None}.values()),
        odd=tuple(odd),
        pending=pending,
        met=tuple(sieve.met),
        is_last=not (feed.is_of_wordpress and is_new)
        or meets_known
        or sieve.has_old
        or before.page >= MOST_PAGES,
    )


def _shortened(pending: Pending) -> dict[str, str]:
    """The window of what will be known: it must not grow with the history."""
    return dict(list(pending.window.items())[: pending.count_first + BELOW_FIRST])
