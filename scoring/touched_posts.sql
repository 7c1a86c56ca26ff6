-- one row per post that concerns this night: (platform, post_id): observed since the last scoring,
-- or taken from the backlog, newest first: read under an earlier version, text unchanged
-- is_fresh: relevance is to be read; is_unthemed: themes are; had_relevance, had_themes: they were
-- read before; batch: number of the batch of posts to read, by their place in the table
create or replace temp table touched_posts as
with seen as (
    select
        rowid as row_id,
        platform,
        post_id,
        author_id,
        published_at,
        cast(published_at at time zone $timezone as date) as day,
        left(md5(text), 8) as shape,
        $since::timestamptz is null or observed_at > $since::timestamptz as is_observed,
    from posts
    where $has_backlog or is_observed
),
compared as (
    select
        seen.*,
        $relevance || '/' || shape as relevance_model,
        $themes || '/' || shape as themes_model,
        relevance.model is not null as was_read,
        themes.model is not null as was_themed,
        coalesce(split_part(relevance.model, '/', 2) <> shape, true) as is_new,
        relevance.model is distinct from relevance_model as is_relevance_old,
        themes.model is distinct from themes_model as is_themes_old,
    from seen
    left join post_relevance as relevance using (platform, post_id)
    left join theme_readings as themes using (platform, post_id)
),
backlog as (
    select row_id
    from compared
    where not is_new and (is_relevance_old or is_themes_old)
    order by published_at desc, platform, post_id
    limit $most_rescored
),
chosen as (
    select
        compared.*,
        backlog.row_id is not null as is_rescored,
        is_relevance_old and (is_rescored or is_new and is_observed) as is_fresh,
        is_themes_old and (is_rescored or is_new and is_observed) as is_unthemed,
    from compared
    left join backlog using (row_id)
    where is_observed or is_rescored
),
numbered as (
    select
        row_id, platform, post_id, author_id, day, relevance_model as model, themes_model,
        is_rescored, is_fresh, is_unthemed,
        was_read and is_fresh as had_relevance,
        was_themed and is_unthemed as had_themes,
        (row_number() over (partition by is_fresh or is_unthemed order by row_id) - 1)
            // $batch_posts as batch,
    from chosen
)
select * from numbered
