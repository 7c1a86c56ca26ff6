-- one row per post of one batch, its text prepared for matching: (row_id)
-- folded: all words, those of hashtags too; plain: without hashtags; tags: hashtags in one word
create or replace temp table fresh_texts as
with chosen as (
    select
        touched_posts.row_id,
        touched_posts.platform,
        touched_posts.post_id,
        touched_posts.author_id,
        touched_posts.model,
        posts.language,
        bare_text(left(posts.text, 20000)) as text,
        posts.hashtags,
    from touched_posts
    inner join posts on posts.rowid = touched_posts.row_id
    where touched_posts.is_fresh and touched_posts.batch = $batch
),
tagged as (
    select
        * exclude (hashtags),
        list_distinct(
            list_concat(hashtags, regexp_extract_all(text, '#([\p{L}\p{N}_]+)', 1))
        ) as written_tags,
        -- folded once, with the mark of hashtags kept: to fold is the dearest step
        marked_text(text) as marked,
    from chosen
),
folded as (
    select
        * exclude (written_tags, marked),
        list_sort(list_distinct(list_transform(
            written_tags, lambda tag: replace(fold_text(tag), ' ', '')
        ))) as tags,
        replace(marked, '#', '') as folded,
        regexp_replace(marked, '#[a-z0-9]+', ' ', 'g') as plain,
    from tagged
),
spoken as (
    select
        * replace (case
            when language is not null then left(language, 2)
            when regexp_matches(folded, '\b(?:le|la|les|des|du|et|est|une|pour|avec|dans)\b')
                then 'fr'
            when regexp_matches(folded, '\b(?:the|and|of|is|with|for|in|my)\b') then 'en'
            else ''
        end as language),
    from folded
)
select * from spoken
