"""Posts to relay as pages show them: the post, why, the letter that asks, where it stands."""

from __future__ import annotations

__all__ = ["items_of"]

from typing import cast

from cities.brief import Relay
from decisions.relays import NEXT
from outreach.relay import relay_text
from outreach.trades import Language
from review.decided import Decided
from review.errors import NoSnapshotError
from review.formats import Formats
from review.inviting import Why
from review.sentences import Sentences
from review.snapshot import Row
from review.visit import Visit
from warehouse.errors import WarehouseError

UNKNOWN: Row = {"probability": None, "evidence": [], "position": 0}


def items_of(visit: Visit, decided: Decided) -> list[Row]:
    """The posts proposed for the occasions under way, and those that people decided on.

    Of a post that is published no more, only the state is told.
    """
    states = {(one.account.platform, one.post_id): one for one in decided.relays}
    titles = {row["occasion_id"]: row for row in decided.occasions}
    rows = [row for row in _proposed(visit) if row["occasion_id"] in titles]
    seen = {(row["platform"], row["post_id"]) for row in rows}
    ids = [post_id for platform, post_id in states if (platform, post_id) not in seen]
    older = {
        (row["platform"], row["post_id"]): row
        for row in visit.person_rows("relayed_posts", post_ids=ids)
    }
    rows += [
        UNKNOWN | older.get(key, _gone(relay)) | {"occasion_id": relay.occasion_id}
        for key, relay in states.items()
        if key not in seen
    ]
    items = [_item(visit, row, states, titles) for row in rows]
    return [item for item in items if item["relay_id"] or item["is_under_way"]]


def _proposed(visit: Visit) -> list[Row]:
    try:
        return visit.person_rows("relays")
    except (NoSnapshotError, WarehouseError):
        return []  # a night published before nights proposed posts to relay


def _gone(relay: Relay) -> Row:
    return {"text": None, "platform": relay.account.platform, "post_id": relay.post_id, "url": None}


def _item(
    visit: Visit, row: Row, states: dict[tuple[str, str], Relay], titles: dict[str, Row]
) -> Row:
    relay = states.get((row["platform"], row["post_id"]))
    occasion = titles[row["occasion_id"]]
    state = relay.state if relay else ""
    is_to_ask = state in ("", "asked") and row["url"]
    return row | {
        "title": occasion["title"],
        "is_under_way": occasion["closed_at"] is None,
        "why": _why(visit, row),
        "state": state,
        "relay_id": relay.relay_id if relay else None,
        "changed_at": relay.changed_at if relay else None,
        "steps": NEXT.get(state, ()),
        "letter": _letter(visit, occasion["title"], row["url"]) if is_to_ask else (),
    }


def _letter(visit: Visit, title: str, url: str) -> list[str]:
    language = cast(Language, visit.language)
    letter = relay_text(visit.effective_city, title, url, language=language)
    return [" ".join(paragraph.split("\n")) for paragraph in letter.strip().split("\n\n")]


def _why(visit: Visit, row: Row) -> list[Why]:
    sentences = Sentences(visit.language, visit.theme_labels)
    formats = Formats(visit.language)
    found = sorted(row["evidence"], key=lambda part: -abs(part["contribution"]))
    return [
        Why(
            sentences.reason(
                part["name"],
                amount=formats.number(part["contribution"], 2),
                detail=part["detail"] or "",
            ),
            part["contribution"],
        )
        for part in found
    ]
