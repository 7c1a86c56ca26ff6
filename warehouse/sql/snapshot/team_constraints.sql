-- One row per constraint of the team: (code, detail).
create table snapshot.team_constraints as
select code, detail, wanted, reached, is_most, is_relaxed, relax_order,
from team_constraints
order by relax_order, code, detail;
