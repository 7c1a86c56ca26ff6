-- The city's themes in its order, with their labels: (theme).
with
themes as (select * from snapshot.themes)

select theme, label_fr as fr, label_en as en
from themes
order by position
