"""Posts that do not speak of the city leave soon: what is not needed is not kept.

A post in the band "dropped" (`cities.bands`) leaves `retention.irrelevant_days` after a night first
collected it, with all that hangs on it. Until then it tells a namesake's inhabitant from one of
the city; the author's days are then summed without it, as if it had never come.
It is done between the scores of posts and the sums of days, so that a night run twice ends in
the same state. (GDPR, article 5(1)(c) and (e); the CNIL's sheet on scraping of June 2025 asks to
delete the irrelevant; 30 days follow decree 2021-148 by analogy.)

Known failure: a post that the source shows again after it left stays as long once more.
"""

from __future__ import annotations

__all__ = ["drop_irrelevant"]

from datetime import timedelta

from cities.bands import TO_REVIEW
from scoring.night import Night
from warehouse.retention import remove_posts

IRRELEVANT = """
select platform, post_id
from posts
inner join post_relevance using (platform, post_id)
where posts.first_observed_at < $before and post_relevance.relevance < $least_relevance
"""


def drop_irrelevant(night: Night) -> int:
    """Delete the posts that speak of something else and were kept long enough; how many left."""
    before = night.as_of - timedelta(days=night.city.retention.irrelevant_days)
    keys = night.connection.execute(
        IRRELEVANT, {"before": before, "least_relevance": TO_REVIEW}
    ).fetchall()
    if keys:
        remove_posts(night.connection, keys)
    return len(keys)
