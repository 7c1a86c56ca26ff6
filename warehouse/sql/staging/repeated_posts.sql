-- One row per post that tonight's landing holds several times: (platform, post_id). Hashes first:
-- to group them costs half of grouping the keys.
create temp table repeated_posts as
with suspects as (
    select hash(platform, post_id) as key
    from staged
    where post_id is not null
    group by key
    having count(*) > 1
)
select platform, post_id
from staged
where post_id is not null and hash(platform, post_id) in (select key from suspects)
group by all
having count(*) > 1;
