-- Every post says which source showed it.
select platform, post_id
from posts
where observed_at >= $as_of and len(source_ids) = 0;
