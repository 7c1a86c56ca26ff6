-- One row per theme and resident: (theme, person_id); theme is '' for the overall ranking.
create table snapshot.rankings as
select theme, position, person_id, score, low, high, band, evidence,
from rankings
semi join snapshot.residents using (person_id)
order by theme, position;
