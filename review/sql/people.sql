-- The residents who hold one of some accounts: (person_id).
with
shown as (select * from residents_shown($blocked::varchar[])),

holders as (
    select person_id, display_name, accounts
    from shown
    where list_has_any([account.author_id for account in accounts], $author_ids::varchar[])
)

select * from holders
order by person_id
