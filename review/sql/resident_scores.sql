-- The scores of one resident: (platform, author_id, score, theme); strongest affinity first.
with
shown as (select person_id from residents_shown($blocked::varchar[])),
scores as (select * from snapshot.scores where person_id = $person_id),

of_person as (
    select scores.*
    from scores
    semi join shown using (person_id)
)

select platform, author_id, score, theme, value, low, high, label, scale, total, evidence
from of_person
order by score, value desc nulls last, theme, platform, author_id
