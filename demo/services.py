"""The platforms of a world: the hosts that the proxy answers for, and what they ask for."""

from __future__ import annotations

__all__ = [
    "InstagramPlace",
    "InstagramService",
    "Instance",
    "Register",
    "Row",
    "SireneService",
    "Website",
    "XService",
]

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Id = Annotated[str, Field(min_length=1, max_length=500)]


class Row(BaseModel):
    """Frozen; unknown fields are refused, so that a misspelt one is noticed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Instance(Row):
    """One Mastodon server. `token`: a demo credential that it asks for, or null."""

    host: Id
    token: str | None = None


class Register(Row):
    """The official register of business notices (BODACC) of this world."""

    host: Id = "bodacc-datadila.opendatasoft.com"
    dataset: Id = "annonces-commerciales"


class SireneService(Row):
    """Insee's register of establishments. `key`: the demo's integration key."""

    host: Id = "api.insee.fr"
    key: Id = "demo-token"


class XService(Row):
    """X's API. `token`: the demo's app-only bearer token."""

    hosts: tuple[Id, ...] = ("api.twitter.com", "api.x.com")
    token: Id = "demo-token"  # noqa: S105 - public by design


class InstagramPlace(Row):
    """A place page of Instagram. `place_id` is its number."""

    place_id: Annotated[str, Field(pattern=r"^[0-9]{1,30}$")]
    name: Id


class InstagramService(Row):
    """Instagram, its two ways: Meta's Graph API and the site.

    `account_id`, `account_username`: the city's own professional account. `session`: the cookie
    of the demo's logged-in account, `user:sessionid`.
    """

    graph_host: Id = "graph.facebook.com"
    web_hosts: tuple[Id, ...] = ("www.instagram.com", "i.instagram.com")
    token: Id = "demo-token"  # noqa: S105 - public by design
    session: Id = "demo:demo-token"
    account_id: Annotated[str, Field(pattern=r"^[0-9]{1,30}$")] = "17841400000000078"
    account_username: Id = "villedemontreval"
    places: tuple[InstagramPlace, ...] = ()


class Website(Row):
    """One blog or local medium; its author has `author_id` = `host` (platform `blog`).

    `form`: what its feed is; `wordpress` also serves Atom, pages (`?paged=`), search feeds and
    the REST list. `feed_path` is where the feed is, told by the home page when
    `is_discoverable`. `robots`: the text of robots.txt, null when there is none. `is_noindex`:
    the home page and the feed say that nobody may index them.
    """

    host: Id
    title: Id
    description: str = ""
    form: Literal["wordpress", "rss2", "rss1", "rss091", "atom"] = "wordpress"
    feed_path: Annotated[str, Field(pattern=r"^/")] = "/feed/"
    is_discoverable: bool = True
    entries_a_page: Annotated[int, Field(ge=1)] = 10
    robots: str | None = None
    is_noindex: bool = False
