-- one row per post of the batch: (row_id); what is found in it, before anything is weighed
create or replace temp table relevance_found as
with texts as (
    select * from fresh_texts
),
told_apart as (
    select
        *,
        list_filter(tags, lambda tag: regexp_matches(tag, $namesake_tags)) as far_tags,
        list_filter(tags, lambda tag: regexp_matches(tag, $club_tags)) as club_tags,
        list_distinct(
            list_concat(regexp_extract_all(folded, $namesakes), far_tags)
        ) as found_namesakes,
        regexp_replace(plain, $namesakes, ' ', 'g') as rest,
    from texts
),
tagged as (
    select
        *,
        list_filter(tags, lambda tag:
            (list_contains($tags::varchar[], tag) or regexp_matches(tag, $tag_stems))
            and not list_contains(far_tags, tag) and not list_contains(club_tags, tag)
        ) as found_tags,
    from told_apart
),
found as (
    select
        row_id,
        platform,
        post_id,
        author_id,
        model,
        language,
        found_namesakes,
        found_tags,
        regexp_extract(rest, $names) as found_name,
        regexp_extract(rest, $short_names) as found_short,
        len(list_filter(found_tags, lambda tag: not list_contains($plain_tags::varchar[], tag))) > 0
            as has_clear_tag,
        regexp_extract(rest, $names_in_place) as found_in_place,
        -- a hashtag that is a word of a sentence, and not one of those that end the post
        len(found_tags) > 0 and list_has_any(found_tags, list_transform(
            regexp_extract_all(
                regexp_replace(text, '(?:#[\p{L}\p{N}_]+[^\p{L}\p{N}_#]*)+$', ''),
                '#([\p{L}\p{N}_]+)', 1
            ), lambda tag: replace(fold_text(tag), ' ', '')
        )) as is_tag_in_sentence,
        list_concat(regexp_extract_all(plain, $clubs), club_tags)[:2] as found_clubs,
        regexp_extract(folded, $inhabitants) as found_inhabitants,
        regexp_extract(folded, $demonyms) as found_demonym,
        list_sort(list_distinct(regexp_extract_all(folded, $places)))[:2] as found_places,
        list_sort(list_distinct(regexp_extract_all(folded, $neighbours)))[:2] as found_neighbours,
        list_sort(list_distinct(regexp_extract_all(rest, $elsewhere)))[:2] as found_elsewhere,
        regexp_extract(folded, $near_lands) as found_land,
        regexp_extract(folded, $told_here) as found_here,
        regexp_extract(folded, $told_there) as found_there,
        list_sort(list_distinct(regexp_extract_all(folded, $far_places)))[:2] as found_far,
        found_name <> '' or found_short <> '' or len(found_tags) > 0
            or list_has_any(tags, $plain_tags::varchar[]) as is_maybe_named,
    from tagged
)
select * from found
