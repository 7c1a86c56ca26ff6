"""The list of recent posts is bounded: the newest stay."""

from __future__ import annotations

from datetime import timedelta

from collectors.recent import MOST, Recent, RecentPost
from tests.demo.small_world import NIGHT_1


def test_the_newest_posts_stay() -> None:
    posts = {
        str(number): RecentPost(
            post_id=f"p{number}",
            author_hash="",
            published_at=NIGHT_1 - timedelta(seconds=number),
            run_id="r",
        )
        for number in range(MOST + 5)
    }
    recent = Recent(posts)
    recent.bound()
    assert len(recent) == MOST
    assert "0" in recent
    assert str(MOST) not in recent
