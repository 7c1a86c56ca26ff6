-- One row per landed author of $batch.
insert into staged_authors
with lines as (
    select other
    from staged
    where batch = $batch and starts_with(other::varchar, '{"kind":"author"')
),
typed as (
    select other, read_author(other) as record,
    from lines
),
marked as (
    select
        $batch as batch,
        record is null or len(json_keys(other)) != key_count('author') as is_odd,
        unnest(record),
    from typed
)
select * from marked;
