-- one row per author that may be scored: (platform, author_id); each clue of residency by itself, on
-- the log-odds scale, before the caps of its group
create or replace temp table residency_signs as
with corrected as (
    select platform, author_id, arg_max(value, (decided_at, value)) as said
    from brief_corrections
    where subject = 'residency'
    group by platform, author_id
),
joined as (
    select platform, author_id,
        if(bool_and(is_resident), 'resident', 'not_resident') as said
    from brief_accounts
    inner join brief_members using (member_id)
    where is_resident is not null
    group by platform, author_id
),
described as (
    select
        scored_authors.*,
        coalesce(corrected.said, joined.said) as said,
        declared_homes.* exclude (platform, author_id, bio),
        coalesce(declared_homes.bio, '') as bio_kind,
        coalesce(presence.count_weeks, 0) as weeks,
        coalesce(presence.dated_mentions, 0) as k,
        coalesce(scored_authors.mentions, 0) as all_mentions,
        greatest(coalesce(scored_authors.count_posts, 0), 0) as n,
        presence.* exclude (platform, author_id, count_weeks, dated_mentions),
        coalesce(count_acquainted, 0) as acquainted,
        coalesce(count_local_acquainted, 0) as local_acquainted,
    from scored_authors
    left join corrected using (platform, author_id)
    left join joined using (platform, author_id)
    left join declared_homes using (platform, author_id)
    left join presence using (platform, author_id)
    left join acquaintances using (platform, author_id)
),
-- how much more often than by chance: ln((count + 1) / (usual share × mentions + 1))
counted as (
    select
        *,
        ln((1 + coalesce(count_resident_words, 0)) / (0.04 * k + 1)) as resident_words,
        ln((1 + coalesce(count_visitor_words, 0)) / (0.01 * k + 1)) as visitor_words,
        ln((1 + coalesce(count_commuter_words, 0)) / (0.02 * k + 1)) as commuter_words,
        ln((1 + coalesce(count_second_home_words, 0)) / (0.01 * k + 1)) as second_home_words,
        ln((1 + coalesce(count_former_words, 0)) / (0.015 * k + 1)) as former_words,
    from described
),
weighed as (
    select
        *,
        $weights.weeks * clip(ln((1 + weeks) / 4), -1.4, 1.4) as weeks_say,
        if(k >= 3, $weights.burst * clip(0.5 - burst, -0.5, 0.3), 0) as burst_says,
        if(n > 0, $weights.about_city * clip(log_odds((all_mentions + 0.5) / (n + 1)), -3, 1), 0)
            as about_city,
        if(k > 0, $weights.off_work * clip(log_odds((off_work + 2) / (k + 5)) - log_odds(0.4),
            -2, 0), 0) as hours_say,
        if(k > 0, $weights.weekdays * clip(log_odds((weekday + 2.3) / (weekday + weekend_day + 4))
            - log_odds(0.575), -2, 0), 0) as weekdays_say,
        if(k > 0, -$weights.season * clip(ln((summer + 4 * usual_summer + 0.1)
            / ((k + 4) * usual_summer + 0.1)), 0, 1), 0) as season_says,
        if(k > 0, $weights.thinning * clip(ln((recent + 2) / (recent_share * k + 2)), -1.5, 0), 0)
            as thinning_says,
        $weights.resident_words * clip(resident_words, -1, 2) as resident_says,
        -$weights.visitor_words * clip(visitor_words, 0, 2) as visitor_says,
        -$weights.commuter_words * clip(commuter_words, 0, 2) as commuter_says,
        -$weights.second_home_words * clip(second_home_words, 0, 2) as second_home_says,
        -$weights.former_words * clip(former_words, 0, 2) as former_says,
        $weights.places * clip(ln((1 + coalesce(count_everyday_places, 0))
            / (1 + coalesce(count_monuments, 0))), -1, 1.5) as places_say,
        if(acquainted > 0, $weights.acquaintances
            * ((local_acquainted + 1) / (acquainted + 1.4) - 0.7), 0) as acquaintances_say,
    from counted
)
select * from weighed
