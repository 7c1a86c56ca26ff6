-- The themes of one resident's published posts, and why: (platform, post_id, theme).
with
shown as (select person_id from residents_shown($blocked::varchar[])),
post_themes as (select * from snapshot.post_themes where person_id = $person_id)

select platform, post_id, author_id, theme, probability, total, evidence
from post_themes
semi join shown using (person_id)
order by platform, post_id, probability desc, theme
