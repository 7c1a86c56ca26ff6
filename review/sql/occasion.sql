-- One occasion: (occasion_id).
with
occasions as (select * from snapshot.occasions where occasion_id = $occasion_id)

select occasion_id, kind, title, opening_id, trade, themes, activity_id
from occasions
