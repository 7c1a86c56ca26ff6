-- What the facts are made from: one row per post, per post and night, per author.

create temp view landed_posts as
with once as (
    select
        staged.* exclude (batch, size, is_odd, other),
        list_value(batches.source_id) as source_ids,
        if(staged.author_id is null, []::varchar[], null) as named_by,
        staged.observed_at as first_observed_at,
    from staged
    inner join batches using (batch)
    where staged.post_id is not null
)
select * from once
union all by name
select * from merged_posts;

create temp view landed_post_figures as
select platform, post_id, observed_at, likes, replies, shares, views
from staged
where post_id is not null
union all
select platform, post_id, observed_at, likes, replies, shares, views
from merged_figures;

create temp view landed_authors as
with ordered as (
    select
        * exclude (batch, is_odd) replace (
            max(audience) over night as audience,
            max(following) over night as following,
            max(posts) over night as posts
        ),
        min(observed_at) over author as first_observed_at,
    from staged_authors
    where author_id is not null
    window
        night as (partition by platform, author_id, observed_at),
        author as (partition by platform, author_id)
)
select *
from ordered
qualify row_number() over (
    partition by platform, author_id
    order by observed_at desc, url, display_name, bio, declared_location, links, handle
) = 1;

create temp macro figure_of(landed, known, landed_at, known_at) as case
    when landed_at > known_at then coalesce(landed, known)
    when landed_at = known_at then greatest(landed, known)
    else known
end;
