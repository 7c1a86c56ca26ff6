-- The proposed team: (person_id).
with
shown as (select * from residents_shown($blocked::varchar[])),
team as (select * from snapshot.team),

members as (
    select
        team.position, team.person_id, team.themes, team.loss, team.reasons, team.draw,
        shown.display_name, shown.accounts, shown.is_member, shown.reach,
        max(team.loss) over () as most_loss
    from team
    inner join shown using (person_id)
)

select * from members
order by position
