"""What Mastodon.py reads from the proxy: pages, ids, figures, absences, entities."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from mastodon import Mastodon, MastodonAPIError, MastodonNotFoundError, MastodonUnauthorizedError

from demo.serve import running
from tests.demo.clients import mastodon
from tests.demo.small_world import (
    HALLE,
    NIGHT_1,
    NIGHT_2,
    SAONE,
    STARTS_AT,
    author,
    hourly,
    post,
    world,
)

LEA, MAX = "lea@saone.example", "max@halle.example"


def pages_down(saone: Mastodon, **options: Any) -> list[Any]:
    found: list[Any] = []
    page = saone.timeline_hashtag("montreval", limit=40, **options)
    while page:
        found.extend(page)
        page = saone.fetch_next(page)
    return found


def test_paging_down_by_link_yields_every_post_once(saone: Mastodon) -> None:
    found = pages_down(saone)
    uris = [status.uri for status in found]
    assert len(set(uris)) == len(uris) == 100
    assert [status.id for status in found] == sorted((s.id for s in found), key=int, reverse=True)


def test_paging_up_by_min_id_yields_every_post_once(saone: Mastodon) -> None:
    page = saone.timeline_hashtag("montreval", min_id=0, limit=40)
    uris: list[str] = []
    while page:
        uris.extend(reversed([status.uri for status in page]))
        page = saone.fetch_previous(page)
    assert uris == [post.post_id for post in hourly(100, LEA)]


def test_min_id_gives_the_page_just_after_and_since_id_the_newest(saone: Mastodon) -> None:
    newest_first = [status.id for status in pages_down(saone)]
    oldest = newest_first[-1]
    after = [s.id for s in saone.timeline_hashtag("montreval", min_id=oldest, limit=10)]
    newest = [s.id for s in saone.timeline_hashtag("montreval", since_id=oldest, limit=10)]
    assert after == newest_first[-11:-1]
    assert newest == newest_first[:10]


def test_a_page_holds_forty_posts_at_most_and_twenty_by_default(saone: Mastodon) -> None:
    assert len(saone.timeline_hashtag("montreval", limit=200)) == 40
    assert len(saone.timeline_hashtag("montreval")) == 20


@pytest.mark.parametrize("tag", ["montreval", "MONTREVAL", "Montréval", "montréval"])
def test_tags_match_without_case_and_accents(saone: Mastodon, tag: str) -> None:
    page = saone.timeline_hashtag(tag, limit=1)
    assert page[0].tags[0].name == "montreval"
    assert "#<span>Montréval</span>" in page[0].content


def test_any_all_and_none_choose_among_tags() -> None:
    tags = {0: ["ville"], 1: ["ville", "vin"], 2: ["vin"], 3: ["ville", "vin", "foot"]}
    posts = [post(n, LEA, STARTS_AT + timedelta(hours=n), hashtags=t) for n, t in tags.items()]
    with running(world([author("lea")], posts)) as proxy:
        ask = mastodon(proxy, SAONE).session
        address = f"https://{SAONE}/api/v1/timelines/tag/ville"

        def numbers(**options: Any) -> list[int]:
            statuses = ask.get(address, params=options).json()
            return [int(status["uri"].rpartition("/")[2]) for status in statuses]

        assert numbers() == [3, 1, 0]
        assert numbers(**{"any[]": "vin"}) == [3, 2, 1, 0]
        assert numbers(**{"all[]": "vin"}) == [3, 1]
        assert numbers(**{"all[]": ["vin"], "none[]": ["FOOT"]}) == [1]


def test_figures_grow_with_the_clock_and_are_partial_elsewhere() -> None:
    told = post(1, LEA, NIGHT_1 - timedelta(hours=6), likes=1000, half_life_hours=6)
    with running(world([author("lea"), author("max", HALLE)], [told])) as proxy:
        home, away = mastodon(proxy, SAONE), mastodon(proxy, HALLE)
        counts = []
        for now in (NIGHT_1, NIGHT_2):
            proxy.set_clock(now)
            counts.append(home.timeline_hashtag("montreval")[0])
        assert [status.favourites_count for status in counts] == [500, 968]
        assert [status.account.followers_count for status in counts] == [194, 200]
        seen = away.timeline_hashtag("montreval")[0]
        assert 0 < seen.favourites_count < 968
        assert seen.account.acct == LEA
        assert seen.uri == counts[0].uri
        assert seen.id != counts[0].id


def test_posts_show_between_publication_and_deletion() -> None:
    late = post(2, LEA, NIGHT_1 + timedelta(hours=1))
    lost = post(1, LEA, NIGHT_1 - timedelta(hours=1), gone_at=NIGHT_1 + timedelta(hours=2))
    with running(world([author("lea")], [lost, late]), now=NIGHT_1) as proxy:
        saone = mastodon(proxy, SAONE)
        page = saone.timeline_hashtag("montreval")
        assert [status.uri for status in page] == [lost.post_id]
        assert saone.status(page[0].id).uri == lost.post_id
        proxy.set_clock(NIGHT_2)
        assert [s.uri for s in saone.timeline_hashtag("montreval")] == [late.post_id]
        with pytest.raises(MastodonNotFoundError):
            saone.status(page[0].id)


def test_a_batch_leaves_out_what_is_gone_and_refuses_more_than_a_page() -> None:
    posts = hourly(30, LEA)
    posts[3] = posts[3].model_copy(update={"gone_at": NIGHT_2})
    with running(world([author("lea")], posts), now=NIGHT_1) as proxy:
        saone = mastodon(proxy, SAONE)
        ids = [status.id for status in reversed(pages_down(saone))]
        proxy.set_clock(NIGHT_2)
        kept = {status.id for status in saone.statuses(ids[:20])}
        assert kept == set(ids[:20]) - {ids[3]}
        with pytest.raises(MastodonAPIError, match="422"):
            saone.statuses(ids[:21])


def test_an_account_is_read_by_id_and_by_name_until_it_is_gone() -> None:
    people = [author("lea", bio="Vit ici\n#nobot", fields=[["Site", "https://lea.example"]],
                     indexable=False, gone_at=NIGHT_2)]  # fmt: skip
    with running(world(people, hourly(2, LEA)), now=NIGHT_1) as proxy:
        saone, halle = mastodon(proxy, SAONE), mastodon(proxy, HALLE)
        account = saone.account_lookup("lea")
        assert account == saone.account(account.id)
        assert halle.account_lookup(LEA).acct == LEA
        assert (account.indexable, account.followers_count) == (False, 194)
        assert account.created_at.date().isoformat() == "2021-03-05"
        assert "<br />" in account.note
        assert 'href="https://lea.example"' in account.fields[0].value
        proxy.set_clock(NIGHT_2)
        assert saone.timeline_hashtag("montreval") == []
        with pytest.raises(MastodonAPIError) as gone:
            saone.account(account.id)
        assert gone.value.args[1] == 410
        with pytest.raises(MastodonNotFoundError):
            saone.account_lookup("lea")


def test_a_status_carries_thread_quote_mention_edit_and_media() -> None:
    first = post(1, MAX, NIGHT_1 - timedelta(hours=3), gone_at=NIGHT_2)
    second = post(
        2,
        LEA,
        NIGHT_1 - timedelta(hours=2),
        in_reply_to=first.post_id,
        quote_of=first.post_id,
        mentions=[MAX],
        text="@max <oui> #Montréval\nsuite\n\nfin https://carte.example/a",
        media_count=2,
        links=["https://carte.example/a"],
        text_edited="@max non #Montréval",
        edited_at=NIGHT_1 + timedelta(hours=1),
    )
    hidden = post(3, LEA, NIGHT_1 - timedelta(hours=1), visibility="unlisted")
    people = [author("lea"), author("max", HALLE)]
    with running(world(people, [first, second, hidden]), now=NIGHT_1) as proxy:
        saone = mastodon(proxy, SAONE)
        reply, parent = saone.timeline_hashtag("montreval")
        assert reply.in_reply_to_id == parent.id
        assert reply.in_reply_to_account_id == parent.account.id == reply.mentions[0].id
        assert (reply.mentions[0].acct, parent.account.acct) == (MAX, MAX)
        assert reply.quote.state == "accepted"
        assert reply.quote.quoted_status.uri == first.post_id
        assert reply.content.startswith('<p><span class="h-card" translate="no"><a href="https://')
        assert "&lt;oui&gt;" in reply.content
        assert reply.content.count("<p>") == 2
        assert "<br />suite</p>" in reply.content
        assert len(reply.media_attachments) == 2
        assert reply.edited_at is None
        proxy.set_clock(NIGHT_2)
        edited = saone.timeline_hashtag("montreval")[0]
        assert "non" in edited.content
        assert edited.edited_at == second.edited_at
        assert edited.in_reply_to_id is None
        assert (edited.quote.state, edited.quote.quoted_status) == ("deleted", None)


def test_a_post_that_is_answered_or_quoted_is_known_where_it_is_not_seen() -> None:
    first = post(1, LEA, NIGHT_1 - timedelta(hours=3), seen_on=[SAONE])
    secret = post(2, LEA, NIGHT_1 - timedelta(hours=2), visibility="private")
    reply = post(
        3, MAX, NIGHT_1 - timedelta(hours=1), in_reply_to=first.post_id, quote_of=first.post_id
    )
    other = post(4, MAX, NIGHT_1, quote_of=secret.post_id)
    people = [author("lea"), author("max", HALLE)]
    with running(world(people, [first, secret, reply, other]), now=NIGHT_1) as proxy:
        halle = mastodon(proxy, HALLE)
        newest, answer = halle.timeline_hashtag("montreval")
        assert halle.status(answer.in_reply_to_id).uri == first.post_id
        assert answer.quote.quoted_status.uri == first.post_id
        assert (newest.quote.state, newest.quote.quoted_status) == ("unauthorized", None)


def test_a_closed_instance_opens_to_its_token_alone() -> None:
    data = world([author("lea")], hourly(1, LEA), tokens=("letmein", None))
    with running(data) as proxy:
        assert len(mastodon(proxy, SAONE, token="letmein").timeline_hashtag("montreval")) == 1
        for token in (None, "a-real-secret"):
            with pytest.raises(MastodonUnauthorizedError):
                mastodon(proxy, SAONE, token=token).timeline_hashtag("montreval")
