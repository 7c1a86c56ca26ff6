-- Authors come only from sources that rank, or that are for members and show a linked account.
delete from staged_authors
where
    batch not in (select batch from batches where use in ('rank', 'members'))
    or (platform, author_id) in (select (platform, author_id) from barred)
    or (
        batch in (select batch from batches where use = 'members')
        and (platform, author_id) not in (select (platform, author_id) from brief_accounts)
    );
