-- one row per author that may be scored: (platform, author_id), in this order: what reach weighs
select
    platform,
    author_id,
    audience::double as audience,
    own_audience::double as own_audience,
    count_posts::double as count_posts,
    home,
    columns(* exclude (platform, author_id, audience, gained, count_posts, home, own_audience))
        ::double,
from audiences
order by platform, author_id
