-- Openings, and the account that each night gives of itself.

-- one row per opening: (register_name, opening_id)
create table openings (
    register_name varchar not null,
    opening_id varchar not null,
    siren varchar,
    name varchar not null,
    activity varchar not null,
    naf varchar,
    naf_nomenclature varchar,
    address varchar not null,
    postcode varchar not null,
    town varchar not null,
    opened_on date,
    published_on date not null,
    url varchar,
    first_observed_at timestamptz not null,
    observed_at timestamptz not null
);

-- one row per source of the city file, as of the last load
create table sources (
    source_id varchar not null,
    platform varchar not null,
    use varchar, -- listen | members | rank; null for registers
    position integer not null
);

-- one row per source and night: (source_id, as_of)
create table source_runs (
    source_id varchar not null,
    as_of timestamptz not null,
    state varchar not null, -- done | waiting | failed | missing
    sentence varchar not null, -- for a person; empty when done
    count_posts bigint not null,
    count_authors bigint not null,
    count_edges bigint not null,
    count_openings bigint not null,
    count_gone bigint not null,
    count_opted_out bigint not null,
    count_blocked bigint not null,
    count_odd bigint not null
);

-- one row per night that loaded: (as_of)
create table loads (
    as_of timestamptz not null,
    count_rows bigint not null,
    count_rejects bigint not null
);

-- one row per landing file loaded: (source_id, file)
create table loaded_files (
    source_id varchar not null,
    file varchar not null,
    as_of timestamptz not null
);

-- one row per landed line that could not be loaded: (source_id, file, line); never the line itself
create table rejects (
    source_id varchar not null,
    file varchar not null,
    line bigint not null,
    field varchar not null,
    cause varchar not null,
    as_of timestamptz not null
);
