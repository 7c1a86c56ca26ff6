-- Every source of the city gives account of the night, once.
select sources.source_id
from sources
left join source_runs
    on sources.source_id = source_runs.source_id and source_runs.as_of = $as_of
group by sources.source_id
having count(source_runs.source_id) != 1;
