-- Occasions to prepare: those that people decided, of whatever age, then recent openings that
-- nobody settled (confirmed, set aside, over).
-- grain: one row per occasion; key: occasion_id; $since is the first day of the openings
with decided as (
    select * from brief_occasions
),

registered as (
    select * from shops
),

settled as (
    select proposal_id from brief_settled
    union all
    select 'opening:' || opening_id as proposal_id from decided where opening_id is not null
),

from_decisions as (
    select
        decided.occasion_id,
        decided.kind,
        decided.title,
        decided.opening_id,
        decided.project_id,
        coalesce(decided.trade, '') as trade,
        decided.theme,
        decided.activity as activity_id,
        coalesce(decided.address, registered.address, '') as address,
        coalesce(decided.handle, '') as handle,
        decided."on" as held_on,
        coalesce(registered.activity, '') as activity,
        registered.naf,
        registered.naf_nomenclature,
        date '9999-12-31' as rank_date
    from decided
    left join registered on decided.opening_id = registered.opening_id
),

from_openings as (
    select
        'opening:' || opening_id as occasion_id,
        'opening' as kind,
        name as title,
        opening_id,
        cast(null as varchar) as project_id,
        '' as trade,
        cast(null as varchar) as theme,
        cast(null as varchar) as activity_id,
        address,
        '' as handle,
        opened_on as held_on,
        activity,
        naf,
        naf_nomenclature,
        published_on as rank_date
    from registered
    where
        published_on >= $since
        and 'opening:' || opening_id not in (select proposal_id from settled)
),

occasions as (
    select * from from_decisions
    union all
    select * from from_openings
)

select * exclude (rank_date)
from occasions
order by rank_date desc, occasion_id
