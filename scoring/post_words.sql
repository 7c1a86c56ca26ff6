-- one row per post of the batch and distinct word, phrase or emoji in it: (row_id, word)
create or replace temp table post_words as
with texts as (
    select * from fresh_texts
),
cut as (
    select
        row_id,
        language,
        list_distinct(list_concat(
            string_split(folded, ' '),
            tags,
            regexp_extract_all(folded, $phrases),
            regexp_extract_all(
                text, '[\x{1F300}-\x{1F64F}\x{1F680}-\x{1F6FF}\x{1F900}-\x{1FAFF}\x{2600}-\x{27BF}]'
            )
        )) as words,
    from texts
),
spread as (
    select row_id, language, unnest(words) as word from cut
)
select * from spread where word <> ''
