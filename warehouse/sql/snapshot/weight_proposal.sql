-- One row: what the preferences taught, and whose weights ranked this night ('' the city's).
create table snapshot.weight_proposal as
select weight_proposals.* exclude (taught_by), coalesce(score_runs.weights_from, '') as weights_from,
from weight_proposals
left join score_runs on score_runs.as_of = $as_of::timestamptz;
