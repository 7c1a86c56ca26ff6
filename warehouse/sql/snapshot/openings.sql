-- One row per shop newly opened: (opening_id), with its trade and activity where proposed.
create table snapshot.openings as
with proposed as (
    select opening_id, trade, themes, activity_id,
    from occasion_proposals
    where opening_id is not null
    qualify row_number() over (partition by opening_id order by occasion_id) = 1
)
select
    shops.opening_id, shops.register_name, shops.registers, shops.name, shops.activity,
    coalesce(proposed.trade, '') as trade, coalesce(proposed.themes, []) as themes,
    proposed.activity_id, shops.postcode, shops.town, shops.address,
    shops.opened_on, shops.published_on, shops.url,
    coalesce(shops.is_head_office, false) as is_head_office,
from shops
left join proposed using (opening_id)
order by shops.published_on desc, shops.opening_id;
