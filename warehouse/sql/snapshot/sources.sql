-- One row per source of the city: (source_id), with how this night went for it.
create table snapshot.sources as
with tonight as (
    select * from source_runs where as_of = $as_of
)
select
    sources.source_id, sources.platform, sources.use, $as_of::timestamptz as as_of,
    coalesce(tonight.state, 'missing') as state, coalesce(tonight.sentence, '') as sentence,
    coalesce(tonight.count_posts, 0) as count_posts,
    coalesce(tonight.count_authors, 0) as count_authors,
    coalesce(tonight.count_edges, 0) as count_edges,
    coalesce(tonight.count_openings, 0) as count_openings,
    coalesce(tonight.count_gone, 0) as count_gone,
    coalesce(tonight.count_opted_out, 0) as count_opted_out,
    coalesce(tonight.count_blocked, 0) as count_blocked,
    coalesce(tonight.count_odd, 0) as count_odd,
from sources
left join tonight using (source_id)
order by sources.position;
