-- one row per post of the batch and theme of which a word is found: (platform, post_id, theme)
insert into post_themes by name
with vocabulary as (
    select distinct word from post_words
),
-- equality on the first letters lets the join hash; shorter terms must be equal
known as (
    select vocabulary.word, lexicon.*
    from vocabulary
    inner join lexicon
        on left(vocabulary.word, 3) = left(lexicon.term, 3)
        and (vocabulary.word = lexicon.term
            or lexicon.is_prefix and starts_with(vocabulary.word, lexicon.term))
),
found as (
    select post_words.platform, post_words.post_id, known.theme, known.term, known.word,
        known.weight,
    from post_words
    inner join known using (word)
    where known.language = 'any' or post_words.language = known.language
        or post_words.language not in ('fr', 'en')
),
-- a word counts once: under its weightiest, then longest, term
by_word as (
    select * from found
    qualify row_number() over (
        partition by platform, post_id, theme, word order by weight desc, len(term) desc, term
    ) = 1
),
by_term as (
    select platform, post_id, theme, term, min(word) as word, max(weight) as weight
    from by_word
    group by platform, post_id, theme, term
),
gathered as (
    select
        platform,
        post_id,
        theme,
        list(clue('word', weight, word) order by weight desc, word)[:$most_words] as words,
    from by_term
    group by platform, post_id, theme
),
summed as (
    select
        platform,
        post_id,
        theme,
        list_concat([clue('base', $base, '')], words) as evidence,
        total_of(evidence) as total,
        probability(total) as probability,
        $model as model,
    from gathered
)
select * from summed
