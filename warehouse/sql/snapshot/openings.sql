-- One row per opening: (register_name, opening_id), with its trade and activity where proposed.
create table snapshot.openings as
with proposed as (
    select opening_id, trade, themes, activity_id,
    from occasion_proposals
    where opening_id is not null
    qualify row_number() over (partition by opening_id order by occasion_id) = 1
)
select
    openings.opening_id, openings.register_name, openings.name, openings.activity,
    coalesce(proposed.trade, '') as trade, coalesce(proposed.themes, []) as themes,
    proposed.activity_id, openings.postcode, openings.town, openings.address,
    openings.opened_on, openings.published_on, openings.url,
from openings
left join proposed using (opening_id)
order by openings.published_on desc, openings.register_name, openings.opening_id;
