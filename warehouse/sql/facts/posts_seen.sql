-- A known post seen again, with nothing new but the time: a narrow update, no list is rewritten.
update posts
set observed_at = seen.observed_at
from changed_posts as seen
where posts.rowid = seen.row_id and seen.is_later and not seen.has_content and not seen.has_figures;
