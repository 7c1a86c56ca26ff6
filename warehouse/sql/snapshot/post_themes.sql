-- One row per post of a resident that is published and theme that it bears on: (platform, post_id,
-- theme), with the words that weighed for and against.
create table snapshot.post_themes as
select
    posts.person_id, posts.platform, posts.post_id, posts.author_id,
    post_themes.theme, post_themes.probability, post_themes.total, post_themes.evidence,
from post_themes
inner join snapshot.posts as posts using (platform, post_id)
where post_themes.probability >= 0.5
order by all;
