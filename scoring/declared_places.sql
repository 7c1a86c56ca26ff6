-- one row per author that says where they live: (platform, author_id); kind: city | inhabitant |
-- neighbour | elsewhere. A place is another commune only where it is all of a part of the field.
create or replace temp table declared_places as
with listed as (
    select distinct fold_text(name) as name
    from read_csv($communes, header = true, all_varchar = true)
    where coalesce(try_cast(population as bigint), 0) >= $least_population
),
profiles as (
    select
        platform,
        author_id,
        left(declared_location, 500) as place,
        fold_text(place) as folded_place,
        fold_text(left(bio, 5000)) as folded_bio,
        regexp_replace(folded_place, $namesakes, ' ', 'g') as rest_place,
        regexp_replace(folded_bio, $namesakes, ' ', 'g') as rest_bio,
    from scored_authors
    where declared_location <> '' or bio <> ''
),
parts as (
    select
        platform,
        author_id,
        unnest(list_transform(
            regexp_split_to_array(place, '[,;/|()·•&–—]+| - | et | and '), lambda p: fold_text(p)
        )) as name,
    from profiles
    where place <> ''
),
others as (
    select parts.platform, parts.author_id, min(parts.name) as name
    from parts
    semi join listed using (name)
    group by parts.platform, parts.author_id
),
sorted_out as (
    select
        profiles.platform,
        profiles.author_id,
        case
            when regexp_matches(rest_place, $city) then 'city'
            when regexp_matches(folded_place, $namesakes) then 'elsewhere'
            when regexp_matches(folded_place, $neighbours) then 'neighbour'
            when others.name is not null then 'elsewhere'
            when regexp_matches(rest_bio, $inhabitants) then 'inhabitant'
            when regexp_matches(folded_bio, $namesakes) then 'elsewhere'
            when regexp_matches(rest_bio, $city) then 'inhabitant'
        end as kind,
        coalesce(nullif(left(place, 60), ''), '') as detail,
    from profiles
    left join others using (platform, author_id)
)
select * from sorted_out where kind is not null
