-- one row per author that may be scored: (platform, author_id); log-odds of being a person
insert into author_scores by name
with weighed as (
    select
        *,
        $weights.repeats * repeat_share as repeats,
        clip($weights.round_minutes * (round_share - 0.15), -2.5, 0) as round_minutes,
        list_transform(kinds, lambda k: struct_pack(
            amount := $weights.type_word * len(k.words)
                + if(k.kind = 'automated' and is_declared_automated, 5, 0)
                - if(k.kind = 'automated', repeats + round_minutes, 0),
            kind := k.kind,
            words := k.words
        )) as types,
    from account_signs
),
likeliest as (
    select
        *,
        list_sort(list_transform(types, lambda t: struct_pack(
            amount := -t.amount, kind := t.kind, words := t.words
        )))[1] as other,
        list_max(list_transform(kinds, lambda k: len(k.words))) as most_words,
        list_filter(kinds, lambda k: len(k.words) = most_words)[1].words as type_words,
    from weighed
),
clued as (
    select
        *,
        case when said_type is not null then [
            clue('said', if(said_type = 'person', 1, -1) * $weights.said, said_type)
        ] else weighing([
            clue('base', $weights.base, ''),
            clue('automated', if(is_declared_automated, $weights.automated, 0), ''),
            clue('organisation', if(is_declared_organisation, $weights.organisation, 0), ''),
            clue('first_name', if(first_name <> '', $weights.first_name, 0), first_name),
            clue('person_words', $weights.person_word * len(own_words),
                array_to_string(own_words, ', ')),
            clue('type_words', -$weights.type_word * most_words, array_to_string(type_words, ', ')),
            clue('first_person', if(n > 0, clip($weights.first_person
                * (log_odds(first_person_share) - log_odds(0.2)), -1.2, 1.5), 0),
                count_first_person || ' / ' || n),
            clue('replies', if(n > 0, clip(2 * count_replies / n, 0, 0.8), 0),
                count_replies || ' / ' || n),
            clue('links', if(n > 0, clip($weights.links * ((count_links + 0.5) / (n + 2.5) - 0.2),
                -1.5, 0.3), 0), count_links || ' / ' || n),
            clue('pace', if(n > 0, clip($weights.pace * ln(greatest(n / count_days / 3, 1)), -2, 0),
                0), n || ' / ' || count_days),
            clue('repeats', repeats, count_shapes || ' / ' || count_days),
            clue('round_minutes', round_minutes, count_round_minutes || ' / ' || n)
        ]) end as evidence,
        sqrt(0.36 + 4 / (2 + n)) * if(said_type is null, 1.2816, 0) as width,
    from likeliest
),
scored as (
    select
        platform,
        author_id,
        'account_type' as score,
        '' as theme,
        total_of(evidence) as total,
        probability(total) as value,
        probability(total - width) as low,
        probability(total + width) as high,
        case
            when said_type is not null then said_type
            when total >= 0 then 'person'
            when other.amount < 0 then other.kind
            when is_declared_organisation then 'association'
            else 'business'
        end as label,
        'log-odds' as scale,
        evidence,
    from clued
)
select * from scored
