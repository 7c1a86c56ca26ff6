-- One row per source and night: (source_id, as_of).
create table snapshot.source_runs as
select
    source_id, as_of, state, sentence, count_posts, count_authors, count_edges, count_openings,
    count_gone, count_opted_out, count_blocked, count_odd,
from source_runs
order by as_of desc, source_id;
