-- one row per author that may be scored: (platform, author_id); log-odds of living in the city
insert into author_scores by name
with grouped as (
    select
        *,
        [
            clue('base', $base, ''),
            clue('about_city', about_city, round(all_mentions, 1) || ' / ' || n),
            clue('places', places_say,
                coalesce(count_everyday_places, 0) || ' / ' || coalesce(count_monuments, 0)),
            clue('acquaintances', acquaintances_say, local_acquainted || ' / ' || acquainted)
        ] as alone,
        capped([
            clue('declared', coalesce(place_says, 0), left(declared_location, 60)),
            clue('bio', coalesce(bio_says, 0), bio_words)
        ], -2.5, 2.5) as said_of_self,
        capped([
            clue('weeks', weeks_say, weeks),
            clue('burst', burst_says, round(100 * burst) || ' %')
        ], -2, 1.8) as presences,
        capped([
            clue('hours', hours_say, off_work || ' / ' || k),
            clue('weekdays', weekdays_say, weekday || ' / ' || weekend_day),
            clue('season', season_says, summer || ' / ' || k),
            clue('thinning', thinning_says, recent || ' / ' || k)
        ], -5, 0) as rhythm,
        capped([
            clue('words', resident_says, count_resident_words || ' / ' || k),
            clue('visitor_words', visitor_says, count_visitor_words || ' / ' || k),
            clue('commuter_words', commuter_says, count_commuter_words || ' / ' || k),
            clue('second_home_words', second_home_says, count_second_home_words || ' / ' || k),
            clue('former_words', former_says, count_former_words || ' / ' || k)
        ], -5, 2.5) as words,
    from residency_signs
),
clued as (
    select
        *,
        if(said is not null,
            [clue('said', if(said = 'resident', 1, -1) * $weights.said, said)],
            weighing(alone || said_of_self || presences || rhythm || words)) as evidence,
        sqrt(0.25 + 4 / (1 + weeks)) * if(said is null, 1.2816, 0) as width,
        (weeks >= 2 and k >= 2) or coalesce(place, '') = 'city' or bio_kind in ('city', 'inhabitant')
            as is_known_enough,
    from grouped
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
