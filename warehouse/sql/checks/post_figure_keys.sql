-- One row of figures a post and night: (platform, post_id, observed_at). Hashes first.
with suspects as (
    select hash(platform, post_id, observed_at) as key
    from post_figures
    where observed_at >= $as_of
    group by key
    having count(*) > 1
),
doubled as (
    select platform, post_id, observed_at
    from post_figures
    where
        observed_at >= $as_of
        and hash(platform, post_id, observed_at) in (select key from suspects)
    group by all
    having count(*) > 1
)
select * from doubled;
