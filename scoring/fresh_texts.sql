-- one row per post of one batch, its text prepared for matching: (platform, post_id)
-- folded: all words, those of hashtags too; plain: without hashtags; tags: hashtags in one word
create or replace temp table fresh_texts as
with chosen as (
    select
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
        *,
        list_concat(hashtags, regexp_extract_all(text, '#([\p{L}\p{N}_]+)', 1)) as written_tags,
    from chosen
),
folded as (
    select
        * exclude (hashtags, written_tags),
        fold_text(text || ' ' || array_to_string(written_tags, ' ')) as folded,
        fold_text(regexp_replace(text, '#[\p{L}\p{N}_]+', ' ', 'g')) as plain,
        list_sort(list_distinct(list_transform(
            written_tags, lambda tag: replace(fold_text(tag), ' ', '')
        ))) as tags,
    from tagged
),
spoken as (
    select
        * replace (case
            when language is not null then left(language, 2)
            when regexp_matches(folded, '\b(le|la|les|des|du|et|est|une|pour|avec|dans)\b') then 'fr'
            when regexp_matches(folded, '\b(the|and|of|is|with|for|in|my)\b') then 'en'
            else ''
        end as language),
    from folded
)
select * from spoken
