-- One row: how the team of the night was drawn.
create table snapshot.team_draw as
select seed, count_candidates,
from team_draw;
