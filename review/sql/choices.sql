-- What a list of residents can be narrowed to: (kind, code); kind is theme or platform.
with
shown as (select * from residents_shown($blocked::varchar[])),
rankings as (select * from snapshot.rankings),

themes as (
    select distinct 'theme' as kind, rankings.theme as code
    from rankings
    semi join shown using (person_id)
),

platforms as (
    select distinct 'platform' as kind, unnest(accounts).platform as code
    from shown
),

choices as (
    select * from themes
    union all
    select * from platforms
)

select kind, code
from choices
order by kind, code
