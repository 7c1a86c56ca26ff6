-- one row per post that weighed most in a score of one author: (score, theme, place of the post)
-- residency: surest mentions; reach: most engagement of the city's mentions; affinity: the theme's
with mentions as (
    select
        personal_posts.platform,
        personal_posts.post_id,
        personal_posts.published_at,
        personal_posts.text,
        post_relevance.relevance,
        greatest(coalesce(likes, 0), 0) + greatest(coalesce(replies, 0), 0)
            + greatest(coalesce(shares, 0), 0) as engagement,
    from personal_posts
    inner join post_relevance using (platform, post_id)
    where platform = $platform and author_id = $author_id
),
weighed as (
    select 'residency' as score, '' as theme, relevance as weight, mentions.*
    from mentions
    union all by name
    select 'reach' as score, '' as theme, relevance * engagement as weight, mentions.*
    from mentions
    union all by name
    select 'affinity' as score, theme, relevance * probability as weight, mentions.*
    from mentions
    inner join post_themes using (platform, post_id)
),
placed as (
    select
        score, theme, published_at, text, weight,
        row_number() over (
            partition by score, theme order by weight desc, published_at desc, post_id
        ) as place,
    from weighed
    where weight > 0
)
select * from placed where place <= $most order by score, theme, place
