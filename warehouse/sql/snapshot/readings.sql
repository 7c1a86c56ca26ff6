-- At most one row: of the posts that scorers read, how many still wait for tonight's models.
create table snapshot.readings as
select
    count_posts, greatest(count_waiting_relevance, count_waiting_themes) as count_waiting,
from score_runs
where as_of = $as_of::timestamptz;
