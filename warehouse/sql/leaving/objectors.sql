-- One row per author blocked since the last load: (platform, author_id), as others write them.
select
    leaving_authors.author_id,
    coalesce(authors.handle, '') as handle,
    coalesce(authors.url, '') as url,
from leaving_authors
left join authors using (platform, author_id)
where leaving_authors.is_blocked
order by all;
