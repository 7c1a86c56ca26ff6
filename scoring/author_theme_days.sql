-- one row per touched author-day and theme: (platform, author_id, day, theme)
insert into author_theme_days by name
with themed as (
    select
        day_posts.*,
        post_themes.theme,
        post_relevance.relevance * post_themes.probability as weight,
    from day_posts
    inner join post_relevance using (platform, post_id)
    inner join post_themes using (platform, post_id)
),
summed as (
    select platform, author_id, day, theme, exact_sum(weight) as sum_theme
    from themed
    group by platform, author_id, day, theme
    having exact_sum(weight) >= 0.05 -- a passing word is no subject
)
select * from summed
