-- A post is stored once: (platform, post_id). Only keys seen tonight can have become double.
-- Hashes first, as they compare three times faster than addresses; then the truth.
with tonight as (
    select hash(platform, post_id) as key from posts where observed_at >= $as_of
),
suspects as (
    select hash(platform, post_id) as key
    from posts
    where key in (select key from tonight)
    group by key
    having count(*) > 1
),
doubled as (
    select platform, post_id
    from posts
    where hash(platform, post_id) in (select key from suspects)
    group by all
    having count(*) > 1
)
select * from doubled;
