-- Posts of guests that speak of the occasion to which they were asked, those surest first.
-- grain: one row per occasion and post; key: occasion_id, platform, post_id
with guests as (
    select
        invitations.occasion_id, others.person_id, others.platform, others.author_id,
        bool_or(invitations.state = 'came') as has_come,
        min(coalesce(invitations.sent_at, invitations.changed_at)) as asked_at,
    from brief_invitations as invitations
    inner join persons as asked using (platform, author_id)
    inner join persons as others on asked.person_id = others.person_id
    where invitations.state in ('sent', 'accepted', 'came')
    group by all
),

refused as (
    select platform, post_id from brief_relays where state = 'refused'
),

since as (
    select
        guests.*, occasion_terms.* exclude (occasion_id),
        coalesce(held_on, (asked_at at time zone $timezone)::date) as first_day,
    from guests
    inner join occasion_terms using (occasion_id)
),

written as (
    select
        since.*, posts.post_id, posts.published_at,
        (posts.published_at at time zone $timezone)::date as day,
        lower(posts.text || ' ' || array_to_string(posts.hashtags, ' ')) as words_written,
    from since
    inner join personal_posts as posts using (platform, author_id)
    inner join post_relevance using (platform, post_id)
    anti join refused using (platform, post_id)
    where post_relevance.relevance >= $least_relevance
),

after as (
    select *, ' ' || folded_words(words_written) || ' ' as folded,
    from written
    where day between first_day and first_day + $window_days::integer
),

themed as (
    select after.occasion_id, after.platform, after.post_id,
        max_by(post_themes.theme, probability) as theme, max(probability) as strength,
    from after
    inner join post_themes using (platform, post_id)
    where list_contains(after.themes, post_themes.theme)
    group by all
),

found as (
    select
        after.*,
        day = first_day and held_on is not null as is_on_the_day,
        list_bool_or([contains(folded, ' ' || phrase || ' ') for phrase in phrases]) as has_name,
        [word for word in after.words if contains(folded, ' ' || word || ' ')] as words_found,
        list_bool_or([contains(words_written, handle) for handle in handles]) as has_handle,
        list_bool_or([contains(folded, ' ' || street || ' ') for street in streets]) as has_street,
        coalesce(themed.theme, '') as theme,
        coalesce(themed.strength, 0) as strength,
    from after
    left join themed using (occasion_id, platform, post_id)
)

select
    occasion_id, person_id, platform, post_id, author_id, published_at, has_come, is_on_the_day,
    coalesce(has_name, false) as has_name, weight_phrase, words_found, len(words) as count_words,
    coalesce(has_handle, false) as has_handle, coalesce(has_street, false) as has_street,
    theme, strength,
from found
order by occasion_id, platform, post_id
