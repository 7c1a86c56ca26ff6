-- One row per constraint of the team: (code).
create table snapshot.team_constraints as
select code, wanted, reached, is_relaxed,
from team_constraints
order by code;
