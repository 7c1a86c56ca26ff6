-- one row per person that may be ranked: (person_id); reach in people, regularity between 0 and 1
-- doubt: the probability of being a resident and a person, over the account that shows it best
create or replace temp table candidates as
with residents as (
    select * from resident_persons($minimum_person)
),
accounts as (
    select persons.* from persons semi join residents using (person_id)
),
-- people of the city not reached by any account; the product as a sum of logarithms, added exactly
reached as (
    select
        accounts.person_id,
        exact_sum(ln(1 - least(s.value / $population, 0.999999))) as missed,
        exact_sum(ln(1 - least(s.low / $population, 0.999999))) as missed_low,
        exact_sum(ln(1 - least(s.high / $population, 0.999999))) as missed_high,
    from accounts
    inner join author_scores as s using (platform, author_id)
    where s.score = 'reach'
    group by accounts.person_id
),
active as (
    select
        accounts.person_id,
        count(distinct date_trunc('week', author_days.day)) filter (author_days.day >= $since)
            as count_weeks,
        min(author_days.day) as first_day,
    from accounts
    inner join author_days using (platform, author_id)
    where author_days.sum_relevance >= 0.5
    group by accounts.person_id
),
known as (
    select
        accounts.person_id,
        max(s.value) filter (s.score = 'residency') * max(s.value) filter (s.score = 'account_type')
            as doubt,
    from accounts
    inner join author_scores as s using (platform, author_id)
    group by accounts.person_id
),
followed as (
    select accounts.person_id, sum(audience) as audience, bool_and(is_audience_known) as is_known
    from accounts
    inner join scored_authors using (platform, author_id)
    group by accounts.person_id
),
described as (
    select
        person_id,
        $population * (1 - exp(missed)) as reach,
        $population * (1 - exp(missed_low)) as reach_low,
        $population * (1 - exp(missed_high)) as reach_high,
        coalesce(count_weeks, 0) as count_weeks,
        least(coalesce(count_weeks, 0) / $weeks, 1) as x_regularity,
        coalesce(doubt, 0) as doubt,
        -- of somebody new only where we listened before
        coalesce(first_day >= $new_since, false)
            and (select min(day) from author_days) < $new_since as is_newcomer,
        is_known and audience < $small_audience as is_small,
    from reached
    left join active using (person_id)
    left join known using (person_id)
    left join followed using (person_id)
)
select * from described
