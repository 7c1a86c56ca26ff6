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
        regexp_extract(fold_text(display_name), $patterns.first_names) as first_name,
        list_sort(list_distinct(regexp_extract_all(profile, $patterns.person)))[:2] as own_words,
        list_transform(
            [
                ('business', $patterns.business), ('association', $patterns.association),
                ('institution', $patterns.institution), ('media', $patterns.media),
                ('automated', $patterns.automated)
            ],
            lambda kind: struct_pack(
                kind := kind[1],
                words := list_sort(list_distinct(regexp_extract_all(profile, kind[2])))[:3]
            )
        ) as kinds,
        (coalesce(count_first_person, 0) + 1) / (n + 5) as first_person_share,
        (coalesce(count_round_minutes, 0) + 0.5) / (n + 7.5) as round_share,
        if(count_days >= 4, 1 - count_shapes / count_days, 0) as repeat_share,
    from profiles
    left join said using (platform, author_id)
    left join joined using (platform, author_id)
)
select * from counted
