-- No count is negative, and no post is published after it was read (one day is left to clocks).
select platform, post_id
from posts
where
    observed_at >= $as_of
    and (
        least(likes, replies, shares, views, media_count) < 0
        or published_at > observed_at + interval 1 day
    );
