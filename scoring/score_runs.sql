-- one row: what this night scored, and how many posts wait to be read anew
insert into score_runs by name
with relevance as (
    select
        count(*) as count_posts,
        count(*) filter (not starts_with(model, $relevance)) as count_waiting_relevance,
    from post_relevance
),
themes as (
    select count(*) filter (not starts_with(model, $themes)) as count_waiting_themes
    from theme_readings
),
observed as (
    select coalesce($observed_until::timestamptz, max(observed_at)) as observed_until from posts
),
told as (
    select
        $as_of::timestamptz as as_of,
        $relevance as relevance_version,
        $themes as themes_version,
        $days as days_version,
        observed_until,
        count_posts,
        $count_rescored::bigint as count_rescored,
        count_waiting_relevance,
        count_waiting_themes,
    from relevance cross join themes cross join observed
)
select * from told
