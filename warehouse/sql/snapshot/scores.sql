-- One row per resident's account, score and theme: (platform, author_id, score, theme).
create table snapshot.scores as
select
    persons.person_id, scores.platform, scores.author_id, scores.score, scores.theme,
    scores.value, scores.low, scores.high, scores.label, scores.scale, scores.total,
    scores.evidence,
from author_scores as scores
inner join persons using (platform, author_id)
semi join snapshot.residents using (person_id)
order by all;
