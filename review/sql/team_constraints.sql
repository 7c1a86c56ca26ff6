-- The constraints of the team: (code); those given up first.
with
constraints as (select * from snapshot.team_constraints)

select code, wanted, reached, is_relaxed
from constraints
order by is_relaxed desc, code
