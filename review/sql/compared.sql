-- The first residents of the ranking of $theme ('' is overall): (person_id).
with
shown as (select * from residents_shown($blocked::varchar[])),
ranked as (select * from snapshot.rankings where theme = $theme),

placed as (
    select
        shown.person_id,
        shown.display_name,
        shown.accounts,
        shown.reach,
        shown.top_themes,
        shown.is_member,
        ranked.position
    from ranked
    inner join shown using (person_id)
)

select * from placed
order by position
limit $limit
