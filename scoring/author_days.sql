-- one row per touched author-day: (platform, author_id, day)
insert into author_days by name
with read as (
    select
        posts.*,
        day_posts.day,
        post_relevance.relevance,
        post_relevance.relevance >= $least_relevance as is_mention,
        clip(coalesce(likes, 0), 0, 1e7) + clip(coalesce(replies, 0), 0, 1e7)
            + clip(coalesce(shares, 0), 0, 1e7) as engagement,
        fold_text(bare_text(left(text, 20000))) as folded,
        minute(published_at) % 15 = 0 as is_round_minute,
        hour(published_at at time zone $timezone) not between 6 and 19 as is_evening,
    from day_posts
    inner join posts on posts.rowid = day_posts.row_id
    inner join post_relevance
        on post_relevance.platform = day_posts.platform
        and post_relevance.post_id = day_posts.post_id
),
described as (
    select
        *,
        is_mention and regexp_matches(folded, $resident_words) as has_resident_words,
        is_mention and regexp_matches(folded, $visitor_words) as has_visitor_words,
        is_mention and regexp_matches(folded, $commuter_words) as has_commuter_words,
        is_mention and regexp_matches(folded, $second_home_words) as has_second_home_words,
        is_mention and regexp_matches(folded, $former_words) as has_former_words,
        is_mention and regexp_matches(folded, $everyday) as has_everyday_place,
        is_mention and regexp_matches(folded, $monuments) as has_monument,
        regexp_matches(folded, $first_person) as has_first_person,
        regexp_matches(folded, $here) as has_local_sign,
        regexp_matches(folded, $there) as has_namesake,
        -- what is left of a text without its figures: an automaton repeats it
        left(md5(regexp_replace(folded, '[0-9]+', '', 'g')), 8) as shape,
    from read
),
summed as (
    select
        platform,
        author_id,
        day,
        count(*) as count_posts,
        exact_sum(relevance) as sum_relevance,
        exact_sum(relevance * engagement) as sum_engagement,
        exact_sum(relevance * sqrt(engagement)) as sum_sqrt_engagement,
        exact_sum(relevance * clip(coalesce(replies, 0), 0, 1e7)) as sum_replies,
        exact_sum(clip(coalesce(views, 0), 0, 1e9)) as sum_views,
        exact_sum(if(views > 0, engagement, 0)) as sum_viewed_engagement,
        count(*) filter (len(links) > 0) as count_links,
        count(*) filter (media_count > 0) as count_media,
        count(*) filter (is_reply) as count_replies,
        count(*) filter (has_resident_words) as count_resident_words,
        count(*) filter (has_visitor_words) as count_visitor_words,
        count(*) filter (has_commuter_words) as count_commuter_words,
        count(*) filter (has_second_home_words) as count_second_home_words,
        count(*) filter (has_former_words) as count_former_words,
        count(*) filter (is_mention) as count_mentions,
        count(*) filter (is_mention and is_evening) as count_evenings,
        count(*) filter (has_first_person) as count_first_person,
        count(*) filter (is_round_minute) as count_round_minutes,
        count(*) filter (has_everyday_place) as count_everyday_places,
        count(*) filter (has_monument) as count_monuments,
        count(*) filter (has_local_sign and not has_namesake) as count_local_signs,
        count(*) filter (has_namesake) as count_namesakes,
        min(shape) as text_shape,
    from described
    group by platform, author_id, day
)
select * from summed
