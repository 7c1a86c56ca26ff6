-- Out of tonight's landing go posts of barred authors, posts older than is kept, and, from
-- sources that are for members, posts of accounts that no member linked, or of nobody that is told.
delete from staged
where
    published_at < $keep_since
    or (platform, author_id) in (select (platform, author_id) from barred)
    or (
        batch in (select batch from batches where use = 'members')
        and (
            author_id is null
            or (platform, author_id) not in (select (platform, author_id) from brief_accounts)
        )
    );
