-- Everything that hangs on a post that leaves.
delete from posts where (platform, post_id) in (select (platform, post_id) from leaving_posts);
delete from post_figures where (platform, post_id) in (select (platform, post_id) from leaving_posts);
delete from edges where (platform, post_id) in (select (platform, post_id) from leaving_posts);
delete from post_relevance where (platform, post_id) in (select (platform, post_id) from leaving_posts);
delete from post_themes where (platform, post_id) in (select (platform, post_id) from leaving_posts);
delete from theme_readings where (platform, post_id) in (select (platform, post_id) from leaving_posts);
delete from relay_proposals where (platform, post_id) in (select (platform, post_id) from leaving_posts);
