-- one row per author-day with a touched post that counts for its author: (platform, author_id, day)
create or replace temp table touched_days as
select distinct platform, author_id, day
from touched_posts
semi join personal_posts using (row_id)
