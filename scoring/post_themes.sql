-- one row per post of the batch and theme with something to say: (platform, post_id, theme)
insert into post_themes by name
with found as (
    select * from theme_rows
),
scored as (
    select platform, post_id, theme, probability(total) as probability, total, evidence, model,
    from found
)
select * from scored
