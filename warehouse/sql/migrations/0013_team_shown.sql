-- The team shows how it was chosen: what each constraint bears on, the order in which they give
-- way, the draw among equals.

alter table team_constraints add column detail varchar default ''; -- the theme or the platform
alter table team_constraints add column is_most boolean default false; -- an upper bound
alter table team_constraints add column relax_order integer default 0; -- 1: given up first

alter table team_proposal add column draw double default 0; -- 0 to 1, parts equals

-- one row: the draw of the night
create table team_draw (
    seed varchar not null,
    count_candidates bigint not null
);
