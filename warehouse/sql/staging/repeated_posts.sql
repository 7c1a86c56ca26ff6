-- One row per post that tonight's landing holds several times: (platform, post_id).
create temp table repeated_posts as
select platform, post_id
from staged
where post_id is not null
group by all
having count(*) > 1;
