-- A post is stored once: (platform, post_id). Hashes of the keys are compared, as counting them
-- costs a tenth of grouping the keys; two keys of one hash are not expected below a hundred million posts.
with keys as (
    select hash(platform, post_id) as key from posts
),
counted as (
    select count(*) - count(distinct key) as count_doubled from keys
)
select count_doubled
from counted
where count_doubled > 0;
