-- one row per author that may be scored: (platform, author_id); what profile and posts show
create or replace temp table account_signs as
with profiles as (
    select
        *,
        fold_text(left(display_name, 500)) as name,
        fold_text(left(bio, 5000)) as folded_bio,
        greatest(coalesce(count_posts, 0), 0) as n,
        coalesce(count_mentions, 0) as k,
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
found as (
    select
        profiles.*,
        coalesce(said.said_type, if(joined.author_id is not null, 'person', null)) as said_type,
        regexp_extract(name, $first_names) as first_name,
        regexp_extract_all(name || ' . ' || folded_bio, $person_in_bio) as person_found,
        -- each pattern by itself: DuckDB compiles a pattern once only where it is a constant
        [
            struct_pack(kind := 'business', named := regexp_extract_all(name, $business_in_name),
                told := regexp_extract_all(folded_bio, $business_in_bio)),
            struct_pack(kind := 'association',
                named := regexp_extract_all(name, $association_in_name),
                told := regexp_extract_all(folded_bio, $association_in_bio)),
            struct_pack(kind := 'institution',
                named := regexp_extract_all(name, $institution_in_name),
                told := regexp_extract_all(folded_bio, $institution_in_bio)),
            struct_pack(kind := 'media', named := regexp_extract_all(name, $media_in_name),
                told := regexp_extract_all(folded_bio, $media_in_bio)),
            struct_pack(kind := 'automated', named := regexp_extract_all(name, $automated_in_name),
                told := regexp_extract_all(folded_bio, $automated_in_bio))
        ] as found_kinds,
        regexp_extract_all(folded_bio, $contact_in_bio)
            || regexp_extract_all(left(bio, 5000), $telephone) as contact_found,
        len(regexp_extract_all(name, '[a-z0-9]+')) as name_length,
    from profiles
    left join said using (platform, author_id)
    left join joined using (platform, author_id)
),
counted as (
    select
        *,
        list_sort(list_distinct(person_found))[:2] as own_words,
        list_sort(list_distinct(contact_found))[:2] as contacts,
        list_transform(found_kinds, lambda t: struct_pack(
            kind := t.kind,
            named := list_sort(list_distinct(t.named))[:2],
            told := list_sort(list_distinct(t.told))[:3]
        )) as kinds,
        (coalesce(count_first_person, 0) + 1) / (n + 5) as first_person_share,
        (coalesce(count_evenings, 0) + 1) / (k + 5) as evening_share,
        (coalesce(count_round_minutes, 0) + 0.5) / (n + 7.5) as round_share,
        if(count_days >= 4, 1 - count_shapes / count_days, 0) as repeat_share,
        coalesce(count_resident_words + count_visitor_words + count_commuter_words
            + count_former_words, 0) as count_own_life,
    from found
)
select * from counted
