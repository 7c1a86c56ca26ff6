-- One row per line of $lines, which were read one by one and found right.
insert into staged
with lines as (
    select unnest($lines::varchar[]) as line
),
told as (
    select line::json as json, starts_with(line, '{"kind":"post"') as is_post
    from lines
),
typed as (
    select
        $batch as batch,
        0 as size,
        false as is_odd,
        case when not is_post then json end as other,
        unnest(case when is_post then read_post(json) end),
    from told
)
select * from typed;
