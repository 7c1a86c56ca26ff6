-- one row per post of one batch whose themes are to be read: (row_id), as written
select
    touched_posts.platform,
    touched_posts.post_id,
    touched_posts.themes_model as model,
    left(posts.text, $most_characters) as text,
    posts.language,
    coalesce(posts.hashtags, []) as hashtags,
    coalesce(posts.links, []) as links,
from touched_posts
inner join posts on posts.rowid = touched_posts.row_id
where touched_posts.is_unthemed and touched_posts.batch = $batch
order by touched_posts.row_id
