-- One row per resident: (person_id). Of several accounts, the one with the largest audience
-- gives name and words; a score is that of the account where it is highest.
create table snapshot.residents as
with accounts as (
    select
        persons.person_id,
        persons.member_id,
        authors.*,
        sha256($key || sha256($key || authors.platform || ':' || lower(authors.author_id)))
            as block_hash,
    from persons
    inner join authors using (platform, author_id)
    semi join resident_persons($minimum_person) using (person_id)
    where $is_ranking_open
),
identities as (
    select
        person_id,
        arg_max(display_name, (coalesce(audience, 0), author_id)) as display_name,
        list(
            struct_pack(platform, author_id, handle, url, audience)
            order by coalesce(audience, 0) desc, platform, author_id
        ) as accounts,
        arg_max(bio, (coalesce(audience, 0), author_id)) as bio,
        arg_max(declared_location, (coalesce(audience, 0), author_id)) as declared_location,
        max(audience) as audience,
        bool_or(member_id is not null) as is_member,
        list(block_hash order by block_hash) as block_hashes,
    from accounts
    group by person_id
),
scored as (
    select accounts.person_id, author_scores.*
    from author_scores
    inner join accounts using (platform, author_id)
),
figures as (
    select
        person_id,
        arg_max(label, (label = 'confirmed', value)) filter (score = 'residency')
            as residency_state,
        max(value) filter (score = 'residency') as residency,
        arg_max(low, value) filter (score = 'residency') as residency_low,
        arg_max(high, value) filter (score = 'residency') as residency_high,
        max(value) filter (score = 'account_type') as person_probability,
        arg_max(label, value) filter (score = 'account_type') as account_type,
        max(value) filter (score = 'reach') as reach,
        arg_max(low, value) filter (score = 'reach') as reach_low,
        arg_max(high, value) filter (score = 'reach') as reach_high,
    from scored
    group by person_id
),
affinities as (
    select person_id, theme, max(value) as value, bool_or(label = 'declared') as is_declared
    from scored
    where score = 'affinity' and value > 0
    group by all
),
themes as (
    select person_id, list(theme order by is_declared desc, value desc, theme)[:3] as top_themes,
    from affinities
    group by person_id
),
published as (
    select accounts.person_id, count(*) as count_posts, max(published_at) as last_post_at
    from personal_posts
    inner join accounts using (platform, author_id)
    group by all
)
select
    identities.person_id, display_name, accounts, bio, declared_location,
    residency_state, residency, residency_low, residency_high, person_probability, account_type,
    reach, reach_low, reach_high, audience, coalesce(count_posts, 0) as count_posts, last_post_at,
    is_member, coalesce(top_themes, []) as top_themes, block_hashes,
from identities
left join figures using (person_id)
left join themes using (person_id)
left join published using (person_id)
order by person_id;
