-- one row per post of the batch: (platform, post_id); clues of the post's own words, log-odds.
-- Where the model of mentions read the post, it weighed the name, the lands and the towns around.
insert into relevance_signs by name
with found as (
    select * from relevance_found
),
read as (
    select found.*, relevance_names.log_odds as mention, relevance_names.words as mention_words,
        coalesce(relevance_names.is_full, false) as is_full,
    from found
    left join relevance_names using (row_id)
),
named as (
    select
        *,
        case
            when mention is not null then clip(
                $weights.mention * mention, -$weights.mention_most, $weights.mention_most
            )
            when $is_read then 0
            when found_name <> '' and $is_common then $weights.common_name
            when found_name <> '' then $weights.name
            when found_short <> '' then $weights.short_name
            else 0
        end as name,
        coalesce(mention_words, if(found_name <> '', found_name, found_short)) as name_words,
        case
            when len(found_tags) = 0 then 0
            when mention is not null and has_clear_tag then $weights.clear_hashtag
            when mention is not null then $weights.read_hashtag
            when $is_common and not has_clear_tag then $weights.common_hashtag
            else $weights.hashtag
        end as hashtag,
        mention is null and found_in_place <> '' as is_in_place,
        mention is null and found_land <> '' as is_land,
        (mention is not null or not $is_read) and found_here <> '' as is_told_here,
        if(mention is null, found_far, []) as far,
    from read
),
signs as (
    select
        platform,
        post_id,
        author_id,
        model,
        weighing([
            clue('base', if(mention is null, $weights.base, 0), ''),
            clue('name', round(name, 6), name_words),
            clue('full_name', if(is_full, $weights.full_name, 0), ''),
            clue('in_place', if(is_in_place, $weights.in_place, 0), found_in_place),
            clue('hashtag', hashtag, array_to_string(found_tags[:3], ', ')),
            clue('tag_in_sentence', if(is_tag_in_sentence, $weights.tag_in_sentence, 0), ''),
            clue('inhabitants', if(found_inhabitants <> '', $weights.inhabitants, 0),
                found_inhabitants),
            clue('demonym', if(found_inhabitants = '' and found_demonym <> '', $weights.demonym, 0),
                found_demonym),
            clue('place', $weights.place * len(found_places), array_to_string(found_places, ', ')),
            clue('neighbour', $weights.neighbour * len(found_neighbours),
                array_to_string(found_neighbours, ', ')),
            clue('land', if(is_land, $weights.land, 0), found_land),
            clue('told_here', if(is_told_here, $weights.told_here, 0), found_here),
            clue('told_there', if(found_there <> '', $weights.told_there, 0), found_there),
            clue('namesake', $weights.namesake * least(len(found_namesakes), 1),
                array_to_string(list_sort(found_namesakes)[:3], ', ')),
            clue('elsewhere', $weights.elsewhere * len(found_elsewhere),
                array_to_string(found_elsewhere, ', ')),
            clue('far', $weights.far * len(far), array_to_string(far, ', ')),
            clue('club', $weights.club * least(len(found_clubs), 1),
                array_to_string(found_clubs, ', ')),
        ]) as own_clues,
        len(found_places) + len(found_neighbours) > 0 or found_inhabitants <> '' as is_here,
        len(found_namesakes) + len(found_elsewhere) > 0 as is_namesake,
    from named
)
select * from signs
