-- Openings that their register withdrew.
delete from openings
where exists (
    select 1
    from staged_others
    where
        gone.what = 'opening'
        and gone.gone_id = openings.opening_id
        and gone.platform = openings.register_name
        and gone.observed_at >= openings.observed_at
);
