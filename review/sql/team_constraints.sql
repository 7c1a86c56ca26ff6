-- The constraints of the team: (code, detail); those given up first.
with
constraints as (select * from snapshot.team_constraints)

select code, detail, wanted, reached, is_most, is_relaxed, relax_order
from constraints
order by is_relaxed desc, relax_order, code, detail
