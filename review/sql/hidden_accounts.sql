-- The accounts of residents who must not be shown: (platform, author_id). Never shown: they are
-- looked for in the words of others, and masked there.
with
hidden as (select * from residents_hidden($blocked::varchar[])),

accounts as (
    select unnest(accounts) as account
    from hidden
)

select distinct account.platform, lower(account.author_id) as author_id
from accounts
