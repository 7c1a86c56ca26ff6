"""The traces of one account: where records name it, and where texts do.

A record is of an account when platform and author id are exactly its own. A text names it by a
written form: an address, `user@domain`, and `@user` in words of the same platform alone; a bare
name never, for it is anybody's word. Words whose platform is not known (typed by the town hall,
logs) are taken for the account's: in doubt they are redacted.
"""

from __future__ import annotations

__all__ = ["Traces"]

from collections.abc import Iterable
from dataclasses import dataclass

from cities.brief import Account
from cities.handles import accounts_of, masked, written_forms

# Shorter ones stand in any file by chance: three bytes do in each 16 MiB.
SHORTEST_IN_BYTES = 6


@dataclass(frozen=True, slots=True)
class Traces:
    """What is looked for when an account is to be forgotten."""

    platform: str
    author_id: str
    forms: tuple[str, ...]

    @classmethod
    def of(cls, account: Account) -> Traces:
        """The traces of an account under its natural key."""
        author_id = account.author_id.lower()
        return cls(account.platform, author_id, written_forms(account.platform, author_id))

    @property
    def name(self) -> str:
        """What any trace holds: the user name, or the host; to pass over words that do not."""
        return self.author_id.partition("@")[0]

    def is_account(self, platform: object, author_id: object) -> bool:
        """Whether a record's two fields are the account's."""
        return platform == self.platform and str(author_id or "").lower() == self.author_id

    def redacted(self, text: str, platform: str | None = None) -> str:
        """The text with `@…` in place of the account; `platform`: of the words, None if unknown.

        >>> marie = Traces.of(Account(platform="x", author_id="marie"))
        >>> marie.redacted("Marie, @marie, x.com/marie, @marie@a.example", "x")
        'Marie, @…, @…, @marie@a.example'
        >>> marie.redacted("@marie, x.com/marie", "mastodon")
        '@marie, @…'
        """
        if self.name not in text.lower():
            return text
        spoken = self.platform if platform is None else platform
        home = self.author_id.partition("@")[2] if spoken == self.platform else ""
        key = (self.platform, self.author_id)

        def is_own(user: str, domain: str | None) -> bool:
            return key in accounts_of(user, domain, platform=spoken, home=home)

        return masked(text, is_own)

    def are_in(self, text: str, platform: str | None = None) -> bool:
        """Whether the text names the account."""
        return self.redacted(text, platform) != text

    def are_in_bytes(self, content: bytes, *, but: Iterable[str] = ()) -> bool:
        """Whether bytes hold a form of six bytes or more, other than those of `but`.

        Stored strings follow each other unseparated, so a form is found within a word too.
        """
        lower = content.lower()
        known = frozenset(but)
        wanted = (form.encode() for form in self.forms if form not in known)
        return any(form in lower for form in wanted if len(form) >= SHORTEST_IN_BYTES)
