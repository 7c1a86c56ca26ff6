-- One row: the night that this snapshot shows.
create table snapshot.run as
select
    $run_id::varchar as run_id,
    $as_of::timestamptz as as_of,
    $city_id::varchar as city_id,
    $city_name::varchar as city_name,
    $timezone::varchar as timezone,
    $is_ranking_open::boolean as is_ranking_open;
