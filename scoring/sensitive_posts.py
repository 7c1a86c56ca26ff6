"""Posts that reveal what article 9 of the GDPR protects leave before anything is scored.

Since collection leaves them out (`cities.sensitive_posts` says which), this finds what came
another way: stored by an earlier version of the words, or landed by hand. A post is looked at
before its first score and when its text changes; all are, in the night that brings other words.
What leaves is counted for the night, nowhere else.
"""

from __future__ import annotations

__all__ = ["drop_sensitive"]

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from cities.sensitive_posts import is_sensitive, version
from warehouse.connection import Warehouse
from warehouse.retention import remove_posts
from warehouse.runs import record_sensitive
from warehouse.sql_runner import run_sql

HERE = Path(__file__).parent
BATCH_POSTS = 50_000
TEXTS = """
select posts.platform, posts.post_id, posts.text, posts.hashtags
from sensitive_unread as unread
inner join posts on posts.rowid = unread.row_id
where unread.batch = $1
"""


def drop_sensitive(connection: Warehouse, as_of: datetime) -> int:
    """Delete the sensitive posts among those not looked at yet, in the caller's transaction."""
    known = connection.execute("from sensitive_reading").fetchone()
    run_sql(
        connection,
        HERE / "sensitive_unread.sql",
        as_of=as_of,
        reads_all=known != (version(),),
        batch_posts=BATCH_POSTS,
    )
    keys = [key for batch in _batches(connection) for key in _sensitive(connection, batch)]
    connection.execute("drop table sensitive_unread")
    if keys:
        remove_posts(connection, keys)
        record_sensitive(connection, as_of, stored=len(keys))
    connection.execute("delete from sensitive_reading")
    connection.execute("insert into sensitive_reading values ($1)", [version()])
    return len(keys)


def _batches(connection: Warehouse) -> range:
    (last,) = connection.execute("select max(batch) from sensitive_unread").fetchone() or (None,)
    return range(0 if last is None else last + 1)


def _sensitive(connection: Warehouse, batch: int) -> Iterator[tuple[str, str]]:
    for platform, post_id, text, hashtags in connection.execute(TEXTS, [batch]).fetchall():
        if is_sensitive(text, hashtags or ()):
            yield platform, post_id
