-- One row per landed post that the warehouse has: (platform, post_id), as it was before tonight.
create temp table known_posts as
select
    rowid as row_id, platform, post_id, author_id, text, edited_at, observed_at, likes, replies, shares, views,
    source_ids, named_by,
from posts
semi join landed_posts using (platform, post_id);
