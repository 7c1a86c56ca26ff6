"""From one answer of X to one page: posts with their authors, what is gone, what is odd."""

from __future__ import annotations

__all__ = ["counted_of", "page_of", "published_of"]

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from collectors.errors import PayloadError
from collectors.paging import Cursor, Odd, Page, sift
from collectors.records import Base, Gone
from collectors.sources.x.answers import Account, Tweet
from collectors.sources.x.records import PLATFORM, TweetRecords, records_of, wants_out
from collectors.sources.x.walk import Stretch

LONGEST_NUMBER = 19
Reason = Literal["deleted", "private", "withdrawn"]
# The last word of X's problem type → why a post is gone.
REASONS: dict[str, Reason] = {
    "resource-not-found": "deleted",
    "not-authorized-for-resource": "private",
}


def published_of(answer: Mapping[str, Any]) -> dict[int, datetime | None]:
    """id → moment of every post of an answer; None where the moment is odd."""
    found = {}
    for item in _list(answer, "data"):
        number = _number(item)
        if number:
            found[int(number)] = _moment(item.get("created_at"))
    return found


def counted_of(bucket: Any, stretches: Sequence[Stretch]) -> int:
    """Posts that X counts in an hour, when one of the stretches bears on it."""
    count = bucket.get("tweet_count") if isinstance(bucket, dict) else None
    if not isinstance(count, int):
        return 0
    start, end = _moment(bucket.get("start")), _moment(bucket.get("end"))
    if start is None or end is None:
        return count
    is_borne = any(
        start < stretch.until_at and (stretch.since_at is None or end > stretch.since_at)
        for stretch in stretches
    )
    return count if is_borne else 0


def page_of(
    answer: Mapping[str, Any],
    *,
    as_of: datetime,
    cursor: Cursor,
    position: str,
    asked: Sequence[str] = (),
    without: Collection[str] = (),
) -> Page:
    """The records of an answer. `asked`: posts asked for by id; those that are missing are gone.

    `without`: posts that this night has landed already.
    """
    reading = _Reading(answer, as_of, position)
    return reading.page(cursor, asked, without)


@dataclass(frozen=True, slots=True)
class _Reading:
    """One answer on its way to a page."""

    answer: Mapping[str, Any]
    as_of: datetime
    position: str

    def page(self, cursor: Cursor, asked: Sequence[str], without: Collection[str]) -> Page:
        """Sift, leave out who wants out, and tell what is gone."""
        items = [item for item in _list(self.answer, "data") if _number(item) not in without]
        tweets, odd_tweets = sift(items, Tweet.model_validate, position=self.position)
        accounts, odd_accounts = self._accounts()
        out = {a.id: a for a in accounts.values() if wants_out(a, self.as_of)}
        kept = [t for t in tweets if t.author_id not in out and t.withheld is None]

        def parse(tweet: Tweet) -> TweetRecords:
            if tweet.author_id not in accounts:
                raise PayloadError("author_id: no such user comes with this answer")
            return records_of(tweet, accounts[tweet.author_id], as_of=self.as_of)

        parsed, odd_records = sift(kept, parse, position=f"{self.position}, sound")
        authors = {each.author.author_id: each.author for each in parsed}
        records: list[Base] = [*authors.values()]
        for each in parsed:
            records += (each.post, *each.edges)
        records += self._gone_authors(out[t.author_id] for t in tweets if t.author_id in out)
        records += self._gone_posts(asked, withheld={t.id for t in tweets if t.withheld})
        return Page(
            tuple(records),
            cursor,
            odd=(*odd_tweets, *odd_accounts, *odd_records),
            native_ids={each.post.post_id: each.post.post_id for each in parsed},
            met=tuple(asked),
            count_opted_out=len(tweets) - len(kept),
        )

    def _accounts(self) -> tuple[dict[str, Account], list[Odd]]:
        included = self.answer.get("includes")
        users = _list(included if isinstance(included, dict) else {}, "users")
        accounts, odd = sift(users, Account.model_validate, position=f"{self.position}, users")
        return {account.id: account for account in accounts}, odd

    def _gone_authors(self, accounts: Iterable[Account]) -> Iterator[Gone]:
        """Authors who want out; the run lands those whom it knows."""
        for account in {account.id: account for account in accounts}.values():
            reason: Reason = "private" if account.protected else "withdrawn"
            yield self._gone("author", account.username.lower(), reason)

    def _gone_posts(self, asked: Sequence[str], *, withheld: Collection[str]) -> Iterator[Gone]:
        """Posts asked for that X withholds, says to be missing, or does not give at all."""
        items = _list(self.answer, "data")
        there = {_number(item) for item in items}
        told = dict(_troubles(self.answer))
        # An answer with an unreadable post may hold any of those that seem to lack.
        lacks: Reason | None = None if None in there else "deleted"
        for number in asked:
            reason = "withdrawn" if number in withheld else told.get(number, lacks)
            if reason and (number not in there or number in withheld):
                yield self._gone("post", number, reason)

    def _gone(self, what: Literal["post", "author"], gone_id: str, reason: Reason) -> Gone:
        return Gone(
            platform=PLATFORM, what=what, gone_id=gone_id, reason=reason, observed_at=self.as_of
        )


def _troubles(answer: Mapping[str, Any]) -> Iterator[tuple[str, Reason | None]]:
    """What X says of the posts that it does not give; None for a trouble that will pass."""
    for error in _list(answer, "errors"):
        if isinstance(error, dict):
            number = str(error.get("resource_id") or error.get("value") or "")
            yield number, REASONS.get(str(error.get("type") or "").rpartition("/")[2])


def _list(part: Mapping[str, Any], name: str) -> list[Any]:
    found = part.get(name)
    return found if isinstance(found, list) else []


def _number(item: Any) -> str | None:
    """The id of a post; None when it has none of X's form."""
    text = str(item.get("id")) if isinstance(item, dict) else ""
    return text if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else None


def _moment(text: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else None
