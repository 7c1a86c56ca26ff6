-- One row per theme and resident: (theme, person_id); theme is '' for the overall ranking.
-- Who shares a tie_group is as good as tied; kept_for: whom the place was kept for, or ''.
create table snapshot.rankings as
select theme, position, person_id, score, low, high, band, evidence,
    probability, tie_group, kept_for,
from rankings
semi join snapshot.residents using (person_id)
order by theme, position;
