-- How many of each thing the night has: one row.
with
shown as (select * from residents_shown($blocked::varchar[])),
ranked as (select person_id from snapshot.rankings where theme = ''),
team as (select person_id from snapshot.team),
openings as (select opening_id from snapshot.openings),

counted as (
    select
        (select count(*) from shown semi join ranked using (person_id)) as count_ranked,
        (select count(*) from shown where is_member) as count_members,
        (select count(*) from shown semi join team using (person_id)) as count_team,
        (select count(*) from openings) as count_openings
)

select * from counted
