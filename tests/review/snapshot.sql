-- The snapshot's tables as the contract names them; the pages' tests build nights of them.
create type account as struct(
    platform varchar,
    author_id varchar,
    handle varchar,
    url varchar,
    audience bigint
);
create type evidence as struct(name varchar, contribution double, detail varchar)[];
create type reasons as struct(code varchar, amount double, detail varchar)[];
create table run (
    run_id varchar,
    as_of timestamptz,
    city_id varchar,
    city_name varchar,
    timezone varchar,
    is_ranking_open boolean,
    count_sensitive bigint
);
create table residents (
    person_id varchar,
    display_name varchar,
    accounts account[],
    bio varchar,
    declared_location varchar,
    residency_state varchar,
    residency double,
    residency_low double,
    residency_high double,
    person_probability double,
    account_type varchar,
    reach double,
    reach_low double,
    reach_high double,
    audience bigint,
    count_posts bigint,
    last_post_at timestamptz,
    is_member boolean,
    top_themes varchar[],
    block_hashes varchar[]
);
create table scores (
    person_id varchar,
    platform varchar,
    author_id varchar,
    score varchar,
    theme varchar,
    value double,
    low double,
    high double,
    label varchar,
    scale varchar,
    total double,
    evidence evidence
);
create table posts (
    person_id varchar,
    platform varchar,
    post_id varchar,
    author_id varchar,
    url varchar,
    text varchar,
    published_at timestamptz,
    likes bigint,
    replies bigint,
    shares bigint,
    relevance double,
    themes struct(theme varchar, probability double)[]
);
create table post_themes (
    person_id varchar,
    platform varchar,
    post_id varchar,
    author_id varchar,
    theme varchar,
    probability double,
    total double,
    evidence evidence
);
create table readings (count_posts bigint, count_waiting bigint);
create table rankings (
    theme varchar,
    position integer,
    person_id varchar,
    score double,
    low double,
    high double,
    band varchar,
    evidence evidence,
    probability double,
    tie_group integer,
    kept_for varchar
);
create table weight_proposal (
    proposal_id varchar, as_of timestamptz, state varchar,
    count_said bigint, count_used bigint, count_repeated bigint, count_contrary bigint,
    count_same bigint, count_unranked bigint, count_wanted bigint,
    strength double, accuracy double, accuracy_low double, accuracy_high double,
    accuracy_now double, accuracy_now_low double, accuracy_now_high double,
    gain double, gain_low double, gain_high double,
    weights_from varchar
);
create table weights (
    name varchar, position integer, city double, now double, proposed double
);
create table weight_moves (
    person_id varchar, before integer, after integer, count_first integer
);
create table team (
    position integer,
    person_id varchar,
    themes varchar[],
    loss double,
    reasons reasons,
    draw double
);
create table team_constraints (
    code varchar, detail varchar, wanted double, reached double, is_most boolean,
    is_relaxed boolean, relax_order integer
);
create table team_draw (seed varchar, count_candidates bigint);
create table openings (
    opening_id varchar,
    register_name varchar,
    registers varchar[],
    name varchar,
    activity varchar,
    trade varchar,
    themes varchar[],
    activity_id varchar,
    postcode varchar,
    town varchar,
    address varchar,
    opened_on date,
    published_on date,
    url varchar,
    is_head_office boolean
);
create table occasions (
    occasion_id varchar,
    kind varchar,
    title varchar,
    opening_id varchar,
    trade varchar,
    themes varchar[],
    activity_id varchar
);
create table invitations (
    occasion_id varchar,
    position integer,
    person_id varchar,
    score double,
    reasons reasons
);
create table relays (
    occasion_id varchar,
    position integer,
    person_id varchar,
    platform varchar,
    post_id varchar,
    author_id varchar,
    probability double,
    total double,
    evidence evidence
);
create table sources (
    source_id varchar,
    platform varchar,
    use varchar,
    as_of timestamptz,
    state varchar,
    sentence varchar,
    count_posts bigint,
    count_authors bigint,
    count_edges bigint,
    count_openings bigint,
    count_gone bigint,
    count_opted_out bigint,
    count_blocked bigint,
    count_odd bigint
);
create table source_runs (
    source_id varchar,
    as_of timestamptz,
    state varchar,
    sentence varchar,
    count_posts bigint,
    count_authors bigint,
    count_edges bigint,
    count_openings bigint,
    count_gone bigint,
    count_opted_out bigint,
    count_blocked bigint,
    count_odd bigint
);
create table volumes (
    week date,
    theme varchar,
    platform varchar,
    count_posts bigint,
    count_authors bigint
);
create table themes (
    position bigint,
    theme varchar,
    label_fr varchar,
    label_en varchar
);
