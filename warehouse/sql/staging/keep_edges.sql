-- Edges come only from sources that rank or are for members; none from or to a barred author.
delete from staged_others
where
    edge is not null
    and (
        batch not in (select batch from batches where use in ('rank', 'members'))
        or edge.occurred_at < $keep_since
        or (edge.platform, edge.from_author_id) in (select (platform, author_id) from barred)
        or (edge.platform, edge.to_author_id) in (select (platform, author_id) from barred)
        or (
            batch in (select batch from batches where use = 'members')
            and (edge.platform, edge.from_author_id) not in (
                select (platform, author_id) from brief_accounts
            )
        )
    );
