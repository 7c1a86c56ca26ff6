-- one row per word of a theme: (theme, term, language, is_prefix)
create or replace temp table lexicon as
with terms as (
    select unnest($terms) as term
)
select term.* from terms
