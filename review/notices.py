"""What the notice tells of each source of the city file, in messages that the catalogs translate.

It says what `docs/sources/<platform>.md` says, for a resident: whoever changes what a source
keeps changes both.
"""

from __future__ import annotations

__all__ = ["Group", "Told", "groups_of"]

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cities.model import City
from cities.sources import (
    BlogSource,
    InstagramOfficialSource,
    InstagramWebSource,
    MastodonSource,
    Source,
    off_reason,
    use_of,
)
from review.languages import mark

# kind of source → what is read of it, what is not: short sentences, each a message
COLLECTED: Mapping[str, Sequence[str]] = {
    "mastodon": (
        mark("Public posts with the hashtags of the city, and who they answer, name or quote."),
        mark("The public profile of their authors, where people can be ranked or have joined."),
        mark(
            "Never: accounts that are locked or ask not to be indexed, posts that are not public."
        ),
    ),
    "x": (
        mark("Public posts that name the city, found by the platform's search."),
        mark(
            "The profile of their authors: read to see who asks to be left out,"
            " kept only where people can be ranked or have joined."
        ),
        mark("Never: the place from which a post was sent, protected accounts."),
        mark("X serves a town hall only under a written agreement."),
    ),
    "instagram-official": (
        mark(
            "Posts under the hashtags of the city, without their author: Instagram does not "
            "tell it."
        ),
        mark(
            "Posts that tag the account of the city: caption, user name, number of likes and "
            "comments."
        ),
        mark("This way is Instagram's own, open to whom it has checked."),
    ),
    "instagram-pages": (
        mark(
            "Posts on the pages of the city's hashtags and places: caption, date, user name "
            "and name, number of likes and comments."
        ),
        mark("Never: the place of a post, the profile, stories, pictures, private accounts."),
        mark("Instagram forbids reading its pages by program, but for a written agreement."),
    ),
    "blog": (
        mark(
            "What public blogs and local media write of the city: title, text, date, number of "
            "comments."
        ),
        mark("A site is one author. Who signs an article is never kept."),
        mark("A site that refuses programs, in any of the usual ways, is left out."),
    ),
    "import": (
        mark(
            "Files of public posts that other tools exported and that an agent of the city "
            "brings in."
        ),
        mark("The same rules hold: whoever objected or asks not to be indexed is left out."),
    ),
    "bodacc": (
        mark(
            "Announcements of new businesses in the official bulletin: name of the business, "
            "trade, address, date."
        ),
    ),
    "sirene": (
        mark("New establishments in Insee's register: name of the shop, trade, address, date."),
        mark("The own name of somebody who works alone is never kept."),
        mark("Whoever asked Insee for partial diffusion appears neither by name nor by address."),
    ),
}
NAMES: Mapping[str, str] = {
    "mastodon": "Mastodon",
    "x": "X",
    "instagram-official": mark("Instagram, by its official way"),
    "instagram-pages": mark("Instagram, by its pages"),
    "blog": mark("Blogs and local media"),
    "import": mark("Imported files"),
    "bodacc": mark("BODACC, the official bulletin"),
    "sirene": mark("SIRENE, the register of businesses"),
}
USES: Mapping[str, str] = {
    "": mark("Businesses only: nobody is ranked."),
    "listen": mark("People are only counted: no profile is kept, nobody is ranked."),
    "members": mark("Only members of the team who linked this account are scored."),
    "rank": mark("Whoever publishes here can be ranked."),
}
OFF = mark("Off: nothing is read, for lack of a written agreement.")


@dataclass(frozen=True, slots=True)
class Told:
    """One source of the city file.

    `instance`: where it reads, or ''. `count_sites`: how many sites; they are not named, since a
    site's name is its author's, who may have objected. `use`: a message. `agreement`: its title.
    """

    source_id: str
    instance: str
    count_sites: int
    use: str
    agreement: str


@dataclass(frozen=True, slots=True)
class Group:
    """The sources of one kind: the kind's name, what is read of it, and the sources."""

    name: str
    collected: Sequence[str]
    sources: Sequence[Told]


def groups_of(city: City) -> list[Group]:
    """The sources of the city file by kind, each kind where its first source stands."""
    by_kind: dict[str, list[Told]] = {}
    for source in city.sources:
        by_kind.setdefault(_kind(source), []).append(_told(source))
    return [Group(NAMES[kind], COLLECTED[kind], told) for kind, told in by_kind.items()]


def _kind(source: Source) -> str:
    if isinstance(source, InstagramOfficialSource):
        return "instagram-official"
    return "instagram-pages" if isinstance(source, InstagramWebSource) else source.platform


def _told(source: Source) -> Told:
    # Registers of businesses have neither use nor agreement.
    agreement = getattr(source, "agreement", None)
    return Told(
        source_id=source.source_id,
        instance=source.instance if isinstance(source, MastodonSource) else "",
        count_sites=len(source.sites) if isinstance(source, BlogSource) else 0,
        use=OFF if off_reason(source) else USES[use_of(source) or ""],
        agreement=agreement.title if agreement else "",
    )
