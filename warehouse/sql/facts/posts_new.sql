-- One row per post that the warehouse did not have: (platform, post_id).
insert into posts by name
select *
from landed_posts
anti join known_posts using (platform, post_id);
