-- One business newly opened, with its occasion if one is proposed: (opening_id).
with
openings as (select * from snapshot.openings where opening_id = $opening_id),
occasions as (select opening_id, occasion_id from snapshot.occasions),

joined as (
    select openings.*, occasions.occasion_id, 'opening' as kind, openings.name as title
    from openings
    left join occasions using (opening_id)
)

select * from joined
limit 1
