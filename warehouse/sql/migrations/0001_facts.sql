-- Facts: what the platforms and the registers said. Keys are stated, not indexed: a primary key
-- would triple the time of a load, and MERGE on the key keeps it unique (sql/checks prove it).

-- one row per author: (platform, author_id); figures are the latest ones
create table authors (
    platform varchar not null,
    author_id varchar not null,
    handle varchar not null,
    display_name varchar not null,
    bio varchar not null,
    declared_location varchar not null,
    url varchar not null,
    links varchar[] not null,
    created_at timestamptz,
    is_declared_automated boolean not null,
    is_declared_organisation boolean not null,
    audience bigint,
    following bigint,
    posts bigint,
    first_observed_at timestamptz not null,
    observed_at timestamptz not null
);

-- one row per author and night that saw a change, the first included:
-- (platform, author_id, observed_at)
create table author_figures (
    platform varchar not null,
    author_id varchar not null,
    observed_at timestamptz not null,
    audience bigint,
    following bigint,
    posts bigint
);

-- one row per post: (platform, post_id); figures are the latest ones
create table posts (
    platform varchar not null,
    post_id varchar not null,
    author_id varchar not null,
    url varchar not null,
    published_at timestamptz not null,
    edited_at timestamptz,
    text varchar not null,
    language varchar,
    hashtags varchar[] not null,
    links varchar[] not null,
    media_count integer not null,
    is_reply boolean not null,
    likes bigint,
    replies bigint,
    shares bigint,
    views bigint,
    source_ids varchar[] not null,
    first_observed_at timestamptz not null,
    observed_at timestamptz not null
);

-- one row per post and change: (platform, post_id, observed_at): figures that a later night
-- replaced, at the last night that read them; the present ones are in posts
create table post_figures (
    platform varchar not null,
    post_id varchar not null,
    observed_at timestamptz not null,
    likes bigint,
    replies bigint,
    shares bigint,
    views bigint
);

-- one row per edge: (platform, post_id, to_author_id, relation)
create table edges (
    platform varchar not null,
    from_author_id varchar not null,
    to_author_id varchar not null,
    relation varchar not null,
    post_id varchar not null,
    occurred_at timestamptz not null
);
