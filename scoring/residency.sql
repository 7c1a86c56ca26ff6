-- one row per author that may be scored: (platform, author_id); log-odds of living in the city
insert into author_scores by name
with corrected as (
    select platform, author_id, arg_max(value, (decided_at, value)) as said
    from brief_corrections
    where subject = 'residency'
    group by platform, author_id
),
joined as (
    select platform, author_id, bool_and(is_resident) as is_resident
    from brief_accounts
    inner join brief_members using (member_id)
    where is_resident is not null
    group by platform, author_id
),
described as (
    select
        scored_authors.*,
        coalesce(corrected.said, case joined.is_resident
            when true then 'resident' when false then 'not_resident' end) as said,
        coalesce(presence.count_weeks, 0) as weeks,
        coalesce(presence.mentions, 0) as dated_mentions,
        presence.burst,
        declared_places.kind,
        declared_places.detail as declared_detail,
        coalesce(scored_authors.mentions, 0) as all_mentions,
        coalesce(scored_authors.count_posts, 0) as n,
    from scored_authors
    left join corrected using (platform, author_id)
    left join joined using (platform, author_id)
    left join presence using (platform, author_id)
    left join declared_places using (platform, author_id)
),
clued as (
    select
        *,
        case when said is not null then [
            clue('said', if(said = 'resident', 1, -1) * $weights.said, said)
        ] else weighing([
            clue('base', $base, ''),
            clue('declared', case kind
                when 'city' then $weights.declared_city
                when 'inhabitant' then $weights.declared_inhabitant
                when 'neighbour' then $weights.declared_neighbour
                when 'elsewhere' then $weights.declared_elsewhere else 0 end, declared_detail),
            clue('about_city', if(n > 0, clip($weights.about_city
                * log_odds((all_mentions + 0.5) / (n + 1)), -3, 1), 0),
                round(all_mentions, 1) || ' / ' || n),
            clue('weeks', clip($weights.weeks * ln((1 + weeks) / 4), -2, 2), weeks),
            clue('burst', if(dated_mentions >= 3, clip($weights.burst * (0.5 - burst), -1.25, 1),
                0), round(100 * burst) || ' %'),
            clue('words', clip($weights.words * ln((1 + coalesce(count_resident_words, 0))
                / (1 + coalesce(count_visitor_words, 0))), -3, 3),
                count_resident_words || ' / ' || count_visitor_words),
            clue('places', clip($weights.places * ln((1 + coalesce(count_everyday_places, 0))
                / (1 + coalesce(count_monuments, 0))), -1, 1.5),
                count_everyday_places || ' / ' || count_monuments)
        ]) end as evidence,
        sqrt(0.25 + 4 / (1 + weeks)) * if(said is null, 1.2816, 0) as width,
        (weeks >= 2 and dated_mentions >= 2) or kind in ('city', 'inhabitant') as is_known_enough,
    from described
),
scored as (
    select
        platform, author_id, 'residency' as score, '' as theme,
        total_of(evidence) as total,
        probability(total) as value,
        probability(total - width) as low,
        probability(total + width) as high,
        case
            when said = 'resident' then 'confirmed'
            when said is not null then 'not_resident'
            when value >= $minimum and is_known_enough then 'probable'
            else 'unknown'
        end as label,
        'log-odds' as scale, evidence,
    from clued
)
select * from scored
