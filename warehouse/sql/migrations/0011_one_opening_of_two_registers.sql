-- What SIRENE knows of an opening, and one row for a shop that both registers announce.

alter table openings add column siret varchar;
alter table openings add column is_head_office boolean;
alter table openings add column is_partial boolean default false;

-- one row per shop: (opening_id), the id of whichever register showed it first. Joined by SIREN,
-- and by street where one business has several shops. Who asked for partial diffusion is not
-- shown, by whichever register; nor is what has no name (a sole trader without a sign).
create view shops as
with readable as (
    select
        *,
        regexp_replace(lower(strip_accents(address)), '[^a-z0-9]', '', 'g') as street,
        count(*) over (partition by register_name, siren) as count_of_siren,
    from openings
    where
        siren is null
        or siren not in (select siren from openings where is_partial and siren is not null)
),
notices as (
    select * from readable where register_name = 'bodacc'
),
establishments as (
    select * from readable where register_name = 'sirene'
),
partners as (
    select notices.opening_id as notice_id, establishments.opening_id as siret,
    from notices
    inner join establishments using (siren)
    where
        (notices.count_of_siren = 1 and establishments.count_of_siren = 1)
        or (notices.street = establishments.street and notices.street <> '')
    qualify
        row_number() over (partition by notices.opening_id order by establishments.opening_id) = 1
        and row_number() over (partition by establishments.opening_id order by notices.opening_id) = 1
),
joined as (
    select notices as notice, establishments as shop,
    from notices
    left join partners on partners.notice_id = notices.opening_id
    full join establishments on establishments.opening_id = partners.siret
),
one_row as (
    select
        *,
        shop.opening_id is null
        or (
            notice.opening_id is not null
            and notice.first_observed_at <= shop.first_observed_at
        ) as is_notice_first,
    from joined
)
select
    if(is_notice_first, notice.opening_id, shop.opening_id) as opening_id,
    if(is_notice_first, notice.register_name, shop.register_name) as register_name,
    list_filter([notice.register_name, shop.register_name], lambda name: name is not null)
        as registers,
    coalesce(shop.siren, notice.siren) as siren,
    shop.siret,
    shop.is_head_office,
    coalesce(nullif(shop.name, ''), notice.name) as name,
    coalesce(notice.activity, shop.activity) as activity,
    shop.naf,
    shop.naf_nomenclature,
    coalesce(nullif(shop.address, ''), notice.address, '') as address,
    coalesce(shop.postcode, notice.postcode) as postcode,
    coalesce(notice.town, shop.town) as town,
    coalesce(notice.opened_on, shop.opened_on) as opened_on,
    least(notice.published_on, shop.published_on) as published_on,
    notice.url,
    least(notice.first_observed_at, shop.first_observed_at) as first_observed_at,
    greatest(notice.observed_at, shop.observed_at) as observed_at,
from one_row
where coalesce(nullif(shop.name, ''), notice.name) <> '';
