-- one row per author that may be scored: (platform, author_id), with the person behind it
insert into persons by name
with linked as (
    select platform, author_id, min(member_id) as member_id
    from brief_accounts
    group by platform, author_id
),
accounts as (
    select
        scored_authors.platform,
        scored_authors.author_id,
        linked.member_id,
        scored_authors.platform || ':' || scored_authors.author_id as account,
    from scored_authors
    left join linked using (platform, author_id)
),
led as (
    select
        *,
        min(account) over (
            partition by coalesce('member ' || member_id, 'account ' || account)
        ) as first_account,
    from accounts
)
select left(sha256(first_account), 16) as person_id, platform, author_id, member_id from led
