-- Every post was shown by a source; those seen tonight by one that the city has.
select platform, post_id
from posts
where
    observed_at >= $as_of
    and not list_has_any(source_ids, (select list(source_id) from sources));
