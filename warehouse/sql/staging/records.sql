-- One row per line of $files, typed when it is a post. Keys are counted because the strict
-- reading refuses a missing key or a wrong value, but lets an unknown key pass.
insert into staged
with lines as (
    select
        json,
        starts_with(json::varchar, '{"kind":"post"') as is_post,
    from read_ndjson_objects($files, ignore_errors = true, maximum_object_size = 33554432)
),
typed as (
    select json, is_post, case when is_post then read_post(json) end as record,
    from lines
),
marked as (
    select
        $batch as batch,
        strlen(json) as size,
        json is null
        or (is_post and (record is null or len(json_keys(json)) != key_count('post')))
        or contains(json::varchar, '\u0000') as is_odd,
        case when not is_post then json end as other,
        unnest(record),
    from typed
)
select * from marked;
