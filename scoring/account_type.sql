-- one row per author that may be scored: (platform, author_id); log-odds of being a person
insert into author_scores by name
with weighed as (
    select
        *,
        $weights.repeats * clip(repeat_share - 0.2, 0, 0.8) as repeats,
        $weights.round_minutes * clip(round_share - 0.15, 0, 0.6) as round_minutes,
        list_transform(kinds, lambda t: struct_pack(
            amount := 2 * len(t.named) + 0.8 * len(t.told)
                + case t.kind
                    when 'automated' then if(is_declared_automated, 5, 0) - repeats - round_minutes
                    when 'business' then 0.2 + 0.3 * len(contacts)
                    when 'association' then if(is_declared_organisation, 0.1, 0)
                    when 'media' then if(count_links >= 0.7 * n and n > 0, 1, 0)
                    else 0 end,
            kind := t.kind, words := list_distinct(t.named || t.told)
        )) as types,
        list_max(list_transform(kinds, lambda t: len(t.named))) as most_named,
        list_max(list_transform(kinds, lambda t: len(t.told))) as most_told,
    from account_signs
),
likeliest as (
    select
        *,
        list_sort(list_transform(types, lambda t: struct_pack(
            amount := -t.amount, kind := t.kind, words := t.words
        )))[1] as other,
        flatten(list_transform(kinds, lambda t: t.named)) as all_named,
        flatten(list_transform(kinds, lambda t: t.told)) as all_told,
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
            clue('name_words', $weights.name_word * most_named,
                array_to_string(all_named[:3], ', ')),
            clue('type_words', $weights.type_word * most_told, array_to_string(all_told[:3], ', ')),
            clue('contact', $weights.contact * len(contacts), array_to_string(contacts, ', ')),
            clue('long_name', $weights.long_name * clip(name_length - 2, 0, 3), name_length),
            clue('first_person', if(n > 0, $weights.first_person
                * clip(log_odds(first_person_share) - log_odds(0.2), -2.5, 1.5), 0),
                count_first_person || ' / ' || n),
            clue('evenings', if(k > 0, $weights.evenings
                * clip(log_odds(evening_share) - log_odds(0.2), -2.5, 1), 0),
                count_evenings || ' / ' || k),
            clue('own_life', if(n > 0, $weights.own_life
                * clip(ln((1 + count_own_life) / (1 + 0.06 * n)), -0.8, 1.5), 0),
                count_own_life || ' / ' || n),
            clue('links', if(n > 0, $weights.links * clip((count_links + 0.5) / (n + 2.5) - 0.2,
                -0.15, 0.75), 0), count_links || ' / ' || n),
            clue('pace', if(n > 0, $weights.pace * clip(ln(n / count_days / 20), 0, 2), 0),
                n || ' / ' || count_days),
            clue('repeats', repeats, count_shapes || ' / ' || count_days),
            clue('round_minutes', round_minutes, count_round_minutes || ' / ' || n)
        ]) end as evidence,
        sqrt(0.36 + 4 / (2 + n)) * if(said_type is null, 1.2816, 0) as width,
    from likeliest
),
scored as (
    select
        platform, author_id, 'account_type' as score, '' as theme,
        total_of(evidence) as total,
        probability(total) as value,
        probability(total - width) as low,
        probability(total + width) as high,
        coalesce(said_type, if(total >= 0, 'person', other.kind)) as label,
        'log-odds' as scale, evidence,
    from clued
)
select * from scored
