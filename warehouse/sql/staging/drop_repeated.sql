-- Posts that landed several times stay in merged_posts alone.
delete from staged
where
    exists (select 1 from repeated_posts)
    and (platform, post_id) in (select (platform, post_id) from repeated_posts);
