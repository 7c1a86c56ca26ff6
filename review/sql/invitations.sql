-- Whom to invite to one occasion: (person_id).
with
shown as (select * from residents_shown($blocked::varchar[])),
invitations as (select * from snapshot.invitations where occasion_id = $occasion_id),

guests as (
    select
        invitations.position, invitations.person_id, invitations.score, invitations.reasons,
        shown.display_name, shown.accounts, shown.is_member, shown.reach
    from invitations
    inner join shown using (person_id)
)

select * from guests
order by position
