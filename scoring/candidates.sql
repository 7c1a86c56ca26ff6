-- one row per person that may be ranked: (person_id); reach and regularity between 0 and 1
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
    select accounts.person_id, count(distinct date_trunc('week', author_days.day)) as count_weeks
    from accounts
    inner join author_days using (platform, author_id)
    where author_days.sum_relevance >= 0.5 and author_days.day >= $since
    group by accounts.person_id
),
described as (
    select
        person_id,
        $population * (1 - exp(missed)) as reach,
        ln(1 + $population * (1 - exp(missed))) / ln(1 + $population) as x_reach,
        ln(1 + $population * (1 - exp(missed_low))) / ln(1 + $population) as x_reach_low,
        ln(1 + $population * (1 - exp(missed_high))) / ln(1 + $population) as x_reach_high,
        coalesce(count_weeks, 0) as count_weeks,
        least(coalesce(count_weeks, 0) / $weeks, 1) as x_regularity,
    from reached
    left join active using (person_id)
)
select * from described
