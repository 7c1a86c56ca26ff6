-- The accounts of residents who must not be shown: (author_id). Never shown: they are looked for
-- in the words of others, and masked there.
with
hidden as (select * from residents_hidden($blocked::varchar[])),

accounts as (
    select distinct lower(unnest(accounts).author_id) as author_id
    from hidden
)

select author_id
from accounts
