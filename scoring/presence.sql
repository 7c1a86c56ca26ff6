-- one row per author with mentions: (platform, author_id); how they spread over weeks, days, hours
-- off_work: at weekends, in the evening, at night; weekday, weekend_day: Monday to Thursday and
-- Friday to Sunday, out of July and August; recent: in the last 35 days of the city's posts
create or replace temp table presence as
with mention_days as (
    select
        author_days.platform,
        author_days.author_id,
        author_days.day,
        author_days.count_mentions,
        author_days.count_evenings,
        author_days.day <= $today as is_past,
        month(author_days.day) in (7, 8) as is_summer,
        isodow(author_days.day) >= 6 as is_weekend,
        isodow(author_days.day) >= 5 as is_near_weekend,
    from author_days
    semi join scored_authors using (platform, author_id)
    where author_days.count_mentions > 0
),
newest as (
    select max(day) as day from mention_days where is_past
),
windowed as (
    select
        mention_days.*,
        mention_days.day > newest.day - 35 as is_recent,
        newest.day as newest_day,
        sum(count_mentions) over (
            partition by platform, author_id
            order by mention_days.day range between current row and interval 13 days following
        ) as fortnight,
    from mention_days
    cross join newest
),
summed as (
    select
        platform,
        author_id,
        sum(count_mentions)::bigint as dated_mentions,
        count(distinct date_trunc('week', day)) as count_weeks,
        max(fortnight)::double / sum(count_mentions) as burst,
        sum(if(is_weekend, count_mentions, count_evenings))::bigint as off_work,
        coalesce(sum(count_mentions) filter (not is_summer and not is_near_weekend), 0)::bigint
            as weekday,
        coalesce(sum(count_mentions) filter (not is_summer and is_near_weekend), 0)::bigint
            as weekend_day,
        coalesce(sum(count_mentions) filter (is_summer), 0)::bigint as summer,
        coalesce(sum(count_mentions) filter (is_recent), 0)::bigint as recent,
        least(35 / greatest(max(newest_day) - min(day) + 1, 35), 1)::double as recent_share,
    from windowed
    group by platform, author_id
),
-- what is usual in the city, whatever months its posts cover: the mean of its authors' shares
usual as (
    select exact_sum(summer / dated_mentions) / greatest(count(*), 1) as usual_summer from summed
)
select * from summed cross join usual
