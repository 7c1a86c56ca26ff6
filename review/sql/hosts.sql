-- The hundred hosts where most residents' accounts live: (host).
with
shown as (select * from residents_shown($blocked::varchar[])),

accounts as (
    select split_part(lower(unnest(accounts).author_id), '@', 2) as host
    from shown
),

counted as (
    select host, count(*) as count_accounts
    from accounts
    where host <> ''
    group by host
)

select host
from counted
order by count_accounts desc, host
limit 100
