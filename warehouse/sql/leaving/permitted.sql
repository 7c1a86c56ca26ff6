-- One row per author of whom more than counts may be kept: (platform, author_id): who may be
-- scored, and whom a member linked.
create temp table permitted_authors as
select platform, author_id from rankable_authors
union
select platform, author_id from brief_accounts;
