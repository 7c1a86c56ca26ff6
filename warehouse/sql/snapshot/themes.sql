-- One row per theme of the city: (theme), in the city's order, with its label in both languages.
create table snapshot.themes as
with named as (
    select unnest($themes::struct(theme varchar, label_fr varchar, label_en varchar)[]) as theme
),
numbered as (
    select row_number() over () as position, theme.theme, theme.label_fr, theme.label_en,
    from named
)
select *
from numbered
order by position;
