-- one row per preference of the brief, the newest $most: (preference_id)
-- the persons are null where nobody is scored
with liked as (
    select preference_id, theme, platform, author_id
    from brief_preferences
    where is_preferred
    order by decided_at desc, preference_id
    limit $most
),
other as (
    select preference_id, platform, author_id from brief_preferences where not is_preferred
),
known as (
    select
        liked.preference_id,
        liked.theme,
        one.person_id as preferred_id,
        two.person_id as other_id,
    from liked
    inner join other using (preference_id)
    left join persons as one
        on one.platform = liked.platform and one.author_id = liked.author_id
    left join persons as two
        on two.platform = other.platform and two.author_id = other.author_id
)
select * from known order by preference_id
