-- One row per occasion: (occasion_id).
create table snapshot.occasions as
select occasion_id, kind, title, opening_id, trade, themes, activity_id,
from occasion_proposals
order by occasion_id;
