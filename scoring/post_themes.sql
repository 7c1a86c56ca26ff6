-- one row per post of the batch and theme of which a word is found: (platform, post_id, theme)
insert into post_themes by name
with vocabulary as (
    select distinct word, language from post_words
),
-- equality on the first letters lets the join hash; shorter terms must be equal
known as (
    select vocabulary.word, vocabulary.language, lexicon.theme, lexicon.term, lexicon.weight,
    from vocabulary
    inner join lexicon
        on left(vocabulary.word, 3) = left(lexicon.term, 3)
        and (vocabulary.word = lexicon.term
            or lexicon.is_prefix and starts_with(vocabulary.word, lexicon.term))
    where lexicon.language = 'any' or vocabulary.language = lexicon.language
        or vocabulary.language not in ('fr', 'en')
),
-- a word counts once: under its weightiest, then longest, term
settled as (
    select * from known
    qualify row_number() over (
        partition by word, language, theme order by weight desc, len(term) desc, term
    ) = 1
),
-- a term counts once, whatever its endings
found as (
    select post_words.row_id, settled.theme, settled.term, min(word) as word, max(weight) as weight
    from post_words
    inner join settled using (word, language)
    group by post_words.row_id, settled.theme, settled.term
),
gathered as (
    select row_id, theme, list_sort(list((-weight, word)))[:$most_words] as words
    from found
    group by row_id, theme
),
summed as (
    select
        fresh_texts.platform,
        fresh_texts.post_id,
        gathered.theme,
        list_concat(
            [clue('base', $base, '')],
            list_transform(words, lambda w: clue('word', -w[1], w[2]))
        ) as evidence,
        total_of(evidence) as total,
        probability(total) as probability,
        $model as model,
    from gathered
    inner join fresh_texts using (row_id)
)
select * from summed
