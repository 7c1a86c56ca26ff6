-- One row per post of the author who leaves: (platform, post_id).
create temp table leaving_posts as
select platform, post_id
from posts
where platform = $platform and lower(author_id) = lower($author_id);
