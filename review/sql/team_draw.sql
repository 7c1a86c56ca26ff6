-- How the team was drawn: one row.
with
drawn as (select * from snapshot.team_draw)

select seed, count_candidates
from drawn
