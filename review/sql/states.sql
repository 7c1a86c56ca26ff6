-- How many openings stand where: (state). As in openings.sql.
with
openings as (select opening_id, published_on from snapshot.openings),

stated as (
    select
        case
            when list_contains($confirmed::varchar[], opening_id) then 'confirmed'
            when list_contains($aside::varchar[], opening_id) then 'aside'
            when published_on < $news_since::date then 'old'
            else 'candidate'
        end as state
    from openings
)

select state, count(*) as count_openings
from stated
group by state
order by state
