-- one row per scored post: (platform, post_id); log-odds; adds what its author tells elsewhere
insert into post_relevance by name
with signs as (
    select * from relevance_signs
),
-- days on which a post is fresh are counted from the posts, the others from the daily sums: so
-- that no post is counted twice, nor for itself
fresh_days as (
    select distinct platform, author_id, day from touched_posts where is_fresh
),
earlier as (
    select
        platform, author_id,
        sum(count_local_signs) as count_here,
        sum(count_namesakes) as count_there,
    from author_days
    semi join (select distinct platform, author_id from fresh_days) using (platform, author_id)
    anti join fresh_days using (platform, author_id, day)
    group by platform, author_id
),
tonight as (
    select
        platform, author_id,
        count(*) filter (is_here and not is_namesake) as count_here,
        count(*) filter (is_namesake) as count_there,
    from signs
    where author_id is not null
    group by platform, author_id
),
placed as (
    select
        platform, author_id,
        fold_text(left(declared_location, 500)) as place,
        fold_text(left(bio, 5000)) as told_bio,
        -- a name alone, beside that of a namesake, is how the namesake's people call theirs
        case
            when regexp_matches(place, $namesakes) then $weights.author_there
            when regexp_matches(place, $here) then $weights.author_here
            when regexp_matches(told_bio, $namesakes) then $weights.author_there
            when regexp_matches(told_bio, $here) then $weights.author_here
            else 0
        end as author_place,
        is_declared_automated,
    from authors
    semi join tonight using (platform, author_id)
),
told as (
    select
        signs.*,
        -- of an author who is not told, no other post tells
        if(tonight.author_id is null, 0, coalesce(earlier.count_here, 0) + tonight.count_here
            - if(signs.is_here and not signs.is_namesake, 1, 0)) as here,
        if(tonight.author_id is null, 0, coalesce(earlier.count_there, 0) + tonight.count_there
            - if(signs.is_namesake, 1, 0)) as there,
        coalesce(placed.author_place, 0) as author_place,
        if(placed.is_declared_automated, $weights.author_automated, 0) as author_automated,
    from signs
    left join tonight using (platform, author_id)
    left join earlier using (platform, author_id)
    left join placed using (platform, author_id)
),
weighed as (
    select
        platform,
        post_id,
        model,
        list_concat(own_clues, weighing([
            clue('author_place', author_place, ''),
            clue('author_posts', round(clip(
                $weights.author_posts * ln((here + 1) / (2 * there + 1)),
                $weights.author_posts_least, $weights.author_posts_most
            ), 9), here || ' / ' || there),
            clue('author_automated', author_automated, ''),
        ])) as evidence,
    from told
),
summed as (
    select *, total_of(evidence) as total, probability(total) as relevance from weighed
)
select * from summed
