-- Posts that reveal what article 9 of the GDPR protects are left out; what is kept is how many a
-- night, over all sources together: never by author, by kind or by post.

-- one row per night: (as_of)
create table sensitive_counts (
    as_of timestamptz not null,
    count_collected bigint not null, -- left out before landing
    count_stored bigint not null -- had been stored, and left
);

-- one row: the version of the words under which every stored post was read
create table sensitive_reading (version varchar not null);
