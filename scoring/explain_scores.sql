-- one row per score of one author: (score, theme); in the order of reading
with of_author as (
    select score, theme, value, low, high, label, scale, total, evidence,
    from author_scores
    where platform = $platform and author_id = $author_id
),
ordered as (
    select *
    from of_author
    order by list_position(['residency', 'account_type', 'reach', 'affinity'], score),
        value desc nulls last, theme
)
select * from ordered
