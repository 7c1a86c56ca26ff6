-- one row per author that may be scored, with the sums of all their days: (platform, author_id)
-- Sums are null for an author without posts.
create or replace temp table scored_authors as
with permitted as (
    select * from rankable_authors
),
profiles as (
    select
        permitted.platform,
        permitted.author_id,
        coalesce(authors.display_name, '') as display_name,
        coalesce(authors.bio, '') as bio,
        coalesce(authors.declared_location, '') as declared_location,
        coalesce(authors.links, []) as links,
        coalesce(authors.is_declared_automated, false) as is_declared_automated,
        coalesce(authors.is_declared_organisation, false) as is_declared_organisation,
        greatest(coalesce(authors.audience, 0), 0) as audience,
        greatest(authors.following, 0) as following,
        authors.audience is not null as is_audience_known,
    from permitted
    left join authors using (platform, author_id)
),
summed as (
    select
        platform,
        author_id,
        sum(count_posts)::bigint as count_posts,
        exact_sum(sum_relevance) as mentions,
        exact_sum(sum_engagement) as engagement,
        exact_sum(sum_sqrt_engagement) as sqrt_engagement,
        sum(count_links)::bigint as count_links,
        sum(count_replies)::bigint as count_replies,
        sum(count_first_person)::bigint as count_first_person,
        sum(count_round_minutes)::bigint as count_round_minutes,
        sum(count_resident_words)::bigint as count_resident_words,
        sum(count_visitor_words)::bigint as count_visitor_words,
        sum(count_commuter_words)::bigint as count_commuter_words,
        sum(count_second_home_words)::bigint as count_second_home_words,
        sum(count_former_words)::bigint as count_former_words,
        sum(count_mentions)::bigint as count_mentions,
        sum(count_evenings)::bigint as count_evenings,
        sum(count_everyday_places)::bigint as count_everyday_places,
        sum(count_monuments)::bigint as count_monuments,
        count(*) as count_days,
        count(distinct text_shape) as count_shapes,
        max(count_posts) as most_posts_a_day,
        max(day) - min(day) + 1 as span_days,
    from author_days
    group by platform, author_id
)
select profiles.*, summed.* exclude (platform, author_id)
from profiles
left join summed using (platform, author_id)
