-- One row: the night that this snapshot shows; count_sensitive: posts left out over all sources.
create table snapshot.run as
select
    $run_id::varchar as run_id,
    $as_of::timestamptz as as_of,
    $city_id::varchar as city_id,
    $city_name::varchar as city_name,
    $timezone::varchar as timezone,
    $is_ranking_open::boolean as is_ranking_open,
    (
        select coalesce(sum(count_collected + count_stored), 0)::bigint
        from sensitive_counts
        where sensitive_counts.as_of = $as_of::timestamptz
    ) as count_sensitive;
