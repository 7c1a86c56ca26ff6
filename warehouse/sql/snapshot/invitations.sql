-- One row per occasion and resident whom it could be proposed to: (occasion_id, person_id).
create table snapshot.invitations as
select occasion_id, position, person_id, score, reasons,
from invitation_proposals
semi join snapshot.residents using (person_id)
order by occasion_id, position;
