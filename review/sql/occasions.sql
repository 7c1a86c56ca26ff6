-- The occasions that come of no opening: a business already there, a project: (occasion_id).
with
occasions as (select * from snapshot.occasions where opening_id is null)

select occasion_id, kind, title, trade, themes, activity_id
from occasions
order by title, occasion_id
