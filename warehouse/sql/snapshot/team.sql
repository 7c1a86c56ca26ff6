-- One row per resident proposed for the team: (person_id).
create table snapshot.team as
select position, person_id, themes, loss, reasons, draw,
from team_proposal
semi join snapshot.residents using (person_id)
order by position;
