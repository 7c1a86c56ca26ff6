"""What is dropped before landing: blocked authors, what the source's use does not permit, and
posts that reveal what article 9 of the GDPR protects.
"""

from __future__ import annotations

__all__ = ["PrivacyFilter", "Sifted"]

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from cities.accounts import author_id_of
from cities.blocking import block_hash
from cities.brief import Brief
from cities.handles import accounts_of, masked
from cities.model import City
from cities.sensitive_posts import is_sensitive
from cities.sources import BlogSource, Use
from collectors.records import Author, Base, Edge, Post

AUTHOR_TEXTS = ("bio", "display_name", "declared_location")


@dataclass(frozen=True, slots=True)
class Sifted:
    """The records that may land, and how many did not.

    `count_blocked`: records or mentions of blocked authors. `sensitive`: platform and id of the
    posts that reveal too much, for the time of a page: only their number may be written down.
    """

    records: tuple[Base, ...]
    count_blocked: int
    sensitive: frozenset[tuple[str, str]] = frozenset()


class PrivacyFilter:
    """One source's filter for one night, made of the brief and the source's use."""

    def __init__(self, brief: Brief, *, use: Use | None, key: str) -> None:
        self._blocked = frozenset(brief.blocked)
        self._use = use
        self._key = key
        self._hashes: dict[tuple[str, str], str] = {}
        self._members = frozenset(
            (account.platform, account.author_id.lower())
            for member in brief.members
            for account in member.accounts
        )

    @property
    def blocked(self) -> frozenset[str]:
        """The keyed hashes of blocked authors."""
        return self._blocked

    def author_hash(self, platform: str, author_id: str | None) -> str:
        """The keyed hash under which an author may be remembered; '' for one who is not told."""
        if author_id is None:
            return ""
        known = (platform, author_id.lower())
        if known not in self._hashes:
            self._hashes[known] = block_hash(self._key, platform, author_id)
        return self._hashes[known]

    def visited(self, city: City) -> City:
        """The city without the sites of blocked blogs: nothing is asked of who objected."""
        sources = [
            source.model_copy(update={"sites": tuple(filter(self._is_visited, source.sites))})
            if isinstance(source, BlogSource)
            else source
            for source in city.sources
        ]
        return city.model_copy(update={"sources": tuple(sources)})

    def _is_visited(self, address: str) -> bool:
        return not self._is_blocked("blog", author_id_of("blog", address) or "")

    def sift(self, records: Iterable[Base]) -> Sifted:
        """Drop records of and about blocked authors, redact their mentions, keep what may land."""
        given = tuple(records)
        kept = [record for record in given if not self._is_of_blocked(record)]
        count = len(given) - len(kept)
        mentioned = self._blocked_mentions(given) if count else {}
        permitted: list[Base] = []
        for record in filter(self._is_permitted, kept):
            redacted = self._redacted(record, mentioned) if self._blocked else record
            count += redacted != record
            permitted.append(redacted)
        landing, sensitive = _without_sensitive(permitted)
        return Sifted(landing, count, sensitive)

    def _is_blocked(self, platform: str, author_id: str) -> bool:
        return bool(self._blocked) and self.author_hash(platform, author_id) in self._blocked

    def _is_of_blocked(self, record: Base) -> bool:
        return any(self._is_blocked(platform, who) for platform, who in _people(record))

    def _is_permitted(self, record: Base) -> bool:
        if self._use == "listen":
            return not isinstance(record, Author | Edge)
        if self._use == "members":
            people = _people(record)
            is_told = bool(people) or not isinstance(record, Post)
            return is_told and all((p, who.lower()) in self._members for p, who in people)
        return True

    def _blocked_mentions(self, records: Iterable[Base]) -> Mapping[str, set[str]]:
        """post_id → user names of blocked authors that its edges lead to."""
        names: defaultdict[str, set[str]] = defaultdict(set)
        for record in records:
            if isinstance(record, Edge) and self._is_blocked(record.platform, record.to_author_id):
                names[record.post_id].add(record.to_author_id.partition("@")[0].lower())
        return names

    def _redacted(self, record: Base, mentioned: Mapping[str, set[str]]) -> Base:
        if isinstance(record, Post):
            redaction = _Redaction(self, record, mentioned.get(record.post_id, set()))
            texts = {"text": record.text}
        elif isinstance(record, Author):
            redaction = _Redaction(self, record, set())
            texts = {name: getattr(record, name) for name in AUTHOR_TEXTS}
        else:
            return record
        links = tuple(link for link in record.links if redaction.text(link) == link)
        redacted = {name: redaction.text(text) for name, text in texts.items()}
        return record.model_copy(update={**redacted, "links": links})


class _Redaction:
    """Finds blocked authors in the texts of one record."""

    def __init__(self, sieve: PrivacyFilter, record: Post | Author, names: set[str]) -> None:
        self._sieve = sieve
        self._platform = record.platform
        self._home = (record.author_id or "").partition("@")[2]
        self._names = names

    def text(self, text: str) -> str:
        """The text without profile addresses and mentions of blocked authors."""
        return masked(text, self._is_hidden)

    def _is_hidden(self, user: str, domain: str | None) -> bool:
        # A mention without its domain is of someone at home, or of one whom the edges name.
        if domain is None and user in self._names:
            return True
        found = accounts_of(user, domain, platform=self._platform, home=self._home)
        hashes = {self._sieve.author_hash(platform, author_id) for platform, author_id in found}
        return not hashes.isdisjoint(self._sieve.blocked)


def _without_sensitive(
    records: Iterable[Base],
) -> tuple[tuple[Base, ...], frozenset[tuple[str, str]]]:
    """The records without sensitive posts, what hangs on them, and whom nothing else brings.

    A profile that came with such posts alone would tell, by having no post, whose they were.
    """
    given = tuple(records)
    posts = [record for record in given if isinstance(record, Post)]
    left = {
        (post.platform, post.post_id) for post in posts if is_sensitive(post.text, post.hashtags)
    }
    if not left:
        return given, frozenset()
    kept = {post.author_id for post in posts if (post.platform, post.post_id) not in left}
    alone = {(post.platform, post.author_id) for post in posts if post.author_id not in kept}
    return tuple(record for record in given if not _hangs_on(record, left, alone)), frozenset(left)


def _hangs_on(
    record: Base, left: Collection[tuple[str, str]], alone: Collection[tuple[str, str | None]]
) -> bool:
    if isinstance(record, Post | Edge):
        return (record.platform, record.post_id) in left
    return isinstance(record, Author) and (record.platform, record.author_id) in alone


def _people(record: Base) -> tuple[tuple[str, str], ...]:
    """The authors whom a record is of, or links, as (platform, author_id)."""
    if isinstance(record, Post | Author):
        return ((record.platform, record.author_id),) if record.author_id else ()
    if isinstance(record, Edge):
        return (
            (record.platform, record.from_author_id),
            (record.platform, record.to_author_id),
        )
    return ()
