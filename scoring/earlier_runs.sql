-- one row: the last run before this night (itself too, when resumed), the newest observation that
-- any of those took in, and what this night did already
with before as (
    select *
    from score_runs
    where as_of < $as_of::timestamptz or ($is_resumed and as_of = $as_of::timestamptz)
),
last as (
    select max_by(before, as_of) as run, max(observed_until) as observed_until from before
),
tonight as (
    select max_by(score_runs, as_of) as run from score_runs where as_of = $as_of::timestamptz
)
select last.run, last.observed_until, tonight.run from last cross join tonight
