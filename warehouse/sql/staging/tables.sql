-- The tables of one load; temporary, so that they vanish with the connection.

create temp table batches (batch integer not null, source_id varchar not null, use varchar);

-- one row per landed line; `other` holds the lines that are not posts
create temp table staged (
    batch integer not null,
    size uinteger,
    is_odd boolean not null,
    other json,
    platform varchar,
    post_id varchar,
    author_id varchar,
    url varchar,
    published_at timestamptz,
    edited_at timestamptz,
    observed_at timestamptz,
    text varchar,
    language varchar,
    hashtags varchar[],
    links varchar[],
    media_count integer,
    is_reply boolean,
    likes bigint,
    replies bigint,
    shares bigint,
    views bigint
);

create temp table staged_authors (
    batch integer not null,
    is_odd boolean not null,
    platform varchar,
    author_id varchar,
    handle varchar,
    display_name varchar,
    bio varchar,
    declared_location varchar,
    url varchar,
    links varchar[],
    created_at timestamptz,
    observed_at timestamptz,
    is_declared_automated boolean,
    is_declared_organisation boolean,
    audience bigint,
    following bigint,
    posts bigint
);

create temp table staged_others (
    batch integer not null,
    is_odd boolean not null,
    edge struct(
        platform varchar, from_author_id varchar, to_author_id varchar, relation varchar,
        post_id varchar, occurred_at timestamptz, observed_at timestamptz
    ),
    opening struct(
        register_name varchar, opening_id varchar, siren varchar, name varchar, activity varchar,
        naf varchar, naf_nomenclature varchar, address varchar, postcode varchar, town varchar,
        opened_on date, published_on date, url varchar, observed_at timestamptz, siret varchar,
        is_head_office boolean, is_partial boolean
    ),
    gone struct(
        platform varchar, what varchar, gone_id varchar, reason varchar, observed_at timestamptz
    )
);
