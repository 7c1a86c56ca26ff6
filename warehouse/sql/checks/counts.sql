-- No count is negative, and no post is published after it was read (one day is left to clocks).
select platform, post_id
from posts
where
    observed_at >= $as_of
    and (
        least(likes, replies, shares, views, media_count) < 0
        or epoch_us(published_at) > epoch_us(observed_at) + 86400000000
    );
