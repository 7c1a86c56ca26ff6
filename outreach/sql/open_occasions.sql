-- Occasions to prepare: those that people decided, of whatever age, then recent openings.
-- grain: one row per occasion; key: occasion_id; $since is the first day of the openings
with decided as (
    select * from brief_occasions
),

registered as (
    select * from openings
),

recent as (
    select * from registered where published_on >= $since
),

from_decisions as (
    select
        decided.occasion_id,
        decided.kind,
        decided.title,
        decided.opening_id,
        coalesce(decided.trade, '') as trade,
        decided.theme,
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
        '' as trade,
        cast(null as varchar) as theme,
        activity,
        naf,
        naf_nomenclature,
        published_on as rank_date
    from recent
    where opening_id not in (select opening_id from decided where opening_id is not null)
),

occasions as (
    select * from from_decisions
    union all
    select * from from_openings
)

select occasion_id, kind, title, opening_id, trade, theme, activity, naf, naf_nomenclature
from occasions
order by rank_date desc, occasion_id
