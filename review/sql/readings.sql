-- Of the posts read, how many still wait for the models of this night: at most one row.
with
readings as (select * from snapshot.readings)

select count_posts, count_posts - count_waiting as count_read
from readings
where count_waiting > 0
