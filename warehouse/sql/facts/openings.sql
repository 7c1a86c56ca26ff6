-- One row per opening: (register_name, opening_id); the latest version.
merge into openings as known
using (
    with landed as (
        select unnest(opening) from staged_others where opening is not null
    )
    select
        *,
        min(observed_at) over (partition by register_name, opening_id) as first_observed_at,
    from landed
    qualify row_number() over (
        partition by register_name, opening_id
        order by observed_at desc, published_on desc, name, activity
    ) = 1
) as landed
on known.register_name = landed.register_name and known.opening_id = landed.opening_id
when matched and landed.observed_at > known.observed_at then update set
    siren = landed.siren,
    name = landed.name,
    activity = landed.activity,
    naf = landed.naf,
    naf_nomenclature = landed.naf_nomenclature,
    address = landed.address,
    postcode = landed.postcode,
    town = landed.town,
    opened_on = landed.opened_on,
    published_on = landed.published_on,
    url = landed.url,
    siret = landed.siret,
    is_head_office = landed.is_head_office,
    is_partial = landed.is_partial,
    observed_at = landed.observed_at
when not matched then insert by name;
