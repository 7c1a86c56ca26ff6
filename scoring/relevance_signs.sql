-- one row per post of the batch: (platform, post_id); clues of the post's own words, log-odds
insert into relevance_signs by name
with texts as (
    select * from fresh_texts
),
told_apart as (
    select
        *,
        list_filter(tags, lambda tag: regexp_matches(tag, $namesake_tags)) as far_tags,
        list_distinct(
            list_concat(regexp_extract_all(folded, $namesakes), far_tags)
        ) as found_namesakes,
        regexp_replace(plain, $namesakes, ' ', 'g') as rest,
        list_filter(tags, lambda tag: not list_contains(far_tags, tag)) as own_tags,
    from texts
),
found as (
    select
        *,
        regexp_extract(rest, $names) as found_name,
        regexp_extract(rest, $short_names) as found_short,
        regexp_extract(rest, $names_in_place) as found_in_place,
        list_filter(own_tags, lambda tag:
            list_contains($tags::varchar[], tag) or regexp_matches(tag, $tag_stems)
        ) as found_tags,
        regexp_extract(folded, $inhabitants) as found_inhabitants,
        list_sort(list_distinct(regexp_extract_all(folded, $places)))[:2] as found_places,
        list_sort(list_distinct(regexp_extract_all(folded, $neighbours)))[:2] as found_neighbours,
        list_sort(list_distinct(regexp_extract_all(rest, $elsewhere)))[:2] as found_elsewhere,
    from told_apart
),
weighed as (
    select
        *,
        $weights.namesake * least(len(found_namesakes), 1) as namesake,
        case
            when found_name <> '' and $is_common then $weights.common_name
            when found_name <> '' then $weights.name
            when found_short <> '' then $weights.short_name
            else 0
        end as name,
        case when len(found_tags) = 0 then 0 when $is_common then $weights.common_hashtag
            else $weights.hashtag end as hashtag,
    from found
),
signs as (
    select
        platform,
        post_id,
        author_id,
        model,
        weighing([
            clue('base', $weights.base, ''),
            clue('name', name, if(found_name <> '', found_name, found_short)),
            clue('in_place', if(found_in_place <> '', $weights.in_place, 0), found_in_place),
            clue('hashtag', hashtag, array_to_string(found_tags[:3], ', ')),
            clue('inhabitants', if(found_inhabitants <> '', $weights.inhabitants, 0),
                found_inhabitants),
            clue('place', $weights.place * len(found_places), array_to_string(found_places, ', ')),
            clue('neighbour', $weights.neighbour * len(found_neighbours),
                array_to_string(found_neighbours, ', ')),
            clue('namesake', namesake, array_to_string(list_sort(found_namesakes)[:3], ', ')),
            clue('elsewhere', $weights.elsewhere * len(found_elsewhere),
                array_to_string(found_elsewhere, ', ')),
        ]) as own_clues,
        len(found_places) + len(found_neighbours) > 0 or found_inhabitants <> '' as is_here,
        len(found_namesakes) + len(found_elsewhere) > 0 as is_namesake,
    from weighed
)
select * from signs
