-- One row: how many records this load took in.
select
    (select count(*) from staged where post_id is not null)
    + (select count(*) from merged_posts)
    + (select count(*) from staged_authors)
    + (select count(*) from staged_others) as count_rows;
