-- Who may be scored and who is a resident, said once.

-- one row per author that may be scored: (platform, author_id): seen by a source that ranks, or
-- linked by a member and seen by a source that is for members
create view rankable_authors as
with permitted as (
    select
        list(source_id) filter (use = 'rank') as ranking,
        list(source_id) filter (use = 'members') as joining,
    from sources
),
ranked as (
    select distinct platform, author_id
    from posts
    where list_has_any(source_ids, (select ranking from permitted))
),
linked as (
    select distinct platform, author_id
    from posts
    semi join brief_accounts using (platform, author_id)
    where list_has_any(source_ids, (select joining from permitted))
)
select platform, author_id from ranked
union
select platform, author_id from linked;

-- one row per resident: (person_id). A resident lives here (by their word, or probably), and is
-- a person with at least this probability. One account set aside as "not a resident" is enough
-- to leave its person out.
create macro resident_persons(minimum_person) as table
with labelled as (
    select
        persons.person_id,
        max(author_scores.value) filter (author_scores.score = 'account_type') as person_probability,
        bool_or(author_scores.label in ('confirmed', 'probable'))
            filter (author_scores.score = 'residency') as is_resident,
        bool_or(author_scores.label = 'not_resident')
            filter (author_scores.score = 'residency') as is_set_aside,
    from persons
    inner join author_scores using (platform, author_id)
    group by persons.person_id
)
select person_id
from labelled
where is_resident and not is_set_aside and person_probability >= minimum_person;
