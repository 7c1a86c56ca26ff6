-- Candidates: ranked people, with what the team and the invitations weigh.
-- grain: one row per person; key: person_id; $as_of is the night
with ranked as (select * from rankings where theme = ''),

accounts as (select person_id, platform, author_id, member_id from persons),

audiences as (
    select
        accounts.person_id, sum(coalesce(authors.audience, 0)) as audience,
        max(accounts.member_id) is not null as is_member,
        arg_max(accounts.platform, (coalesce(authors.audience, 0), accounts.platform)) as platform
    from accounts
    left join authors using (platform, author_id)
    group by accounts.person_id
),

reaches as (
    select accounts.person_id, max(author_scores.value) as reach
    from accounts
    inner join author_scores using (platform, author_id)
    where author_scores.score = 'reach'
    group by accounts.person_id
),

affinities as (
    select accounts.person_id, author_scores.theme, max(author_scores.value) as affinity
    from accounts
    inner join author_scores using (platform, author_id)
    where author_scores.score = 'affinity' and author_scores.value is not null
    group by accounts.person_id, author_scores.theme
),

themes as (
    select
        person_id, list(theme order by theme) as themes,
        list(affinity order by theme) as affinities
    from affinities
    group by person_id
),

touches as (
    select platform, author_id, contacted_at as touched_at from brief_contacts
    union all
    select platform, author_id, changed_at from brief_invitations where state != 'chosen'
),

contacted as (
    select accounts.person_id, max(touches.touched_at) as touched_at
    from accounts
    inner join touches using (platform, author_id)
    group by accounts.person_id
),

excluded as (
    select distinct accounts.person_id, true as is_excluded
    from accounts
    inner join brief_corrections using (platform, author_id)
    where brief_corrections.subject = 'team'
),

candidates as (
    select
        ranked.person_id, ranked.score, audiences.audience,
        audiences.is_member,
        coalesce(reaches.reach, 0) as reach,
        coalesce(themes.themes, []) as themes,
        coalesce(themes.affinities, []) as affinities,
        date_diff('day', contacted.touched_at, $as_of) as days_since_contact,
        audiences.platform,
        coalesce(excluded.is_excluded, false) as is_excluded
    from ranked
    inner join audiences using (person_id)
    left join reaches using (person_id)
    left join themes using (person_id)
    left join contacted using (person_id)
    left join excluded using (person_id)
)

select * from candidates order by person_id
