-- one row per author that may be scored and other such author who answers, names or passes them
-- on: (platform, from_author_id, to_author_id). Between other accounts no tie is read.
-- is_mutual: the other way round too; times: how often, bounded
create or replace temp table ties as
with seen as (
    select edges.*
    from edges
    semi join scored_authors as reacting
        on reacting.platform = edges.platform and reacting.author_id = edges.from_author_id
    semi join scored_authors as named
        on named.platform = edges.platform and named.author_id = edges.to_author_id
    where edges.from_author_id <> edges.to_author_id
),
counted as (
    select
        platform,
        from_author_id,
        to_author_id,
        least(count(*), $most_times) as times,
        bool_or(relation = 'reshare') as is_reshared,
        bool_or(relation <> 'reshare') as is_answered,
    from seen
    group by platform, from_author_id, to_author_id
),
returned as (
    select
        counted.*,
        back.from_author_id is not null as is_mutual,
    from counted
    left join counted as back
        on back.platform = counted.platform
        and back.from_author_id = counted.to_author_id
        and back.to_author_id = counted.from_author_id
)
select * from returned
