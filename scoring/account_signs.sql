-- one row per author that may be scored: (platform, author_id); what profile and posts show
create or replace temp table account_signs as
with profiles as (
    select
        *,
        fold_text(left(display_name || ' | ' || bio, 5000)) as profile,
        greatest(coalesce(count_posts, 0), 0) as n,
    from scored_authors
),
said as (
    select platform, author_id, arg_max(value, (decided_at, value)) as said_type
    from brief_corrections
    where subject = 'account_type'
    group by platform, author_id
),
joined as (
    select distinct platform, author_id from brief_accounts
),
counted as (
    select
        profiles.*,
        coalesce(said.said_type, if(joined.author_id is not null, 'person', null)) as said_type,
        regexp_extract(fold_text(display_name), $first_names) as first_name,
        list_sort(list_distinct(regexp_extract_all(profile, $person)))[:2] as own_words,
        -- each pattern by itself: DuckDB compiles a pattern once only where it is a constant
        [
            struct_pack(kind := 'business', words := regexp_extract_all(profile, $business)),
            struct_pack(kind := 'association', words := regexp_extract_all(profile, $association)),
            struct_pack(kind := 'institution', words := regexp_extract_all(profile, $institution)),
            struct_pack(kind := 'media', words := regexp_extract_all(profile, $media)),
            struct_pack(kind := 'automated', words := regexp_extract_all(profile, $automated))
        ] as found_kinds,
        list_transform(found_kinds, lambda k: struct_pack(
            kind := k.kind, words := list_sort(list_distinct(k.words))[:3]
        )) as kinds,
        (coalesce(count_first_person, 0) + 1) / (n + 5) as first_person_share,
        (coalesce(count_round_minutes, 0) + 0.5) / (n + 7.5) as round_share,
        if(count_days >= 4, 1 - count_shapes / count_days, 0) as repeat_share,
    from profiles
    left join said using (platform, author_id)
    left join joined using (platform, author_id)
)
select * from counted
