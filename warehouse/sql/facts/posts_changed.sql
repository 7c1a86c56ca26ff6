-- Known posts with new figures, sources or text. An author once told stays, though another way
-- shows the post without.
update posts
set
    author_id = changed.author_id,
    url = case when changed.has_content then changed.url else posts.url end,
    text = case when changed.has_content then changed.text else posts.text end,
    edited_at = case when changed.has_content then changed.edited_at else posts.edited_at end,
    language = case when changed.has_content then changed.language else posts.language end,
    hashtags = case when changed.has_content then changed.hashtags else posts.hashtags end,
    links = case when changed.has_content then changed.links else posts.links end,
    media_count = case when changed.has_content then changed.media_count else posts.media_count end,
    likes = changed.likes,
    replies = changed.replies,
    shares = changed.shares,
    views = changed.views,
    source_ids = changed.source_ids,
    named_by = changed.named_by,
    first_observed_at = least(posts.first_observed_at, changed.first_observed_at),
    observed_at = greatest(posts.observed_at, changed.observed_at)
from changed_posts as changed
where posts.rowid = changed.row_id and (changed.has_content or changed.has_figures);
