-- One page of the shops newly opened, newest first, each with where it stands: (opening_id).
-- $confirmed, $aside: what people decided of them; before $news_since a shop is already there.
with
openings as (select * from snapshot.openings),

stated as (
    select
        *,
        case
            when list_contains($confirmed::varchar[], opening_id) then 'confirmed'
            when list_contains($aside::varchar[], opening_id) then 'aside'
            when published_on < $news_since::date then 'old'
            else 'candidate'
        end as state
    from openings
),

narrowed as (
    select *, count(*) over () as count_all
    from stated
    where $state = '' or state = $state
)

select *
from narrowed
order by published_on desc, opening_id
limit $limit offset $offset
