-- Scores. Evidence is a list of named contributions that add up to `total` on the named scale.

create type evidence as struct(name varchar, contribution double, detail varchar)[];

-- one row per scored post: (platform, post_id); scale: log-odds
create table post_relevance (
    platform varchar not null,
    post_id varchar not null,
    relevance double not null, -- probability that the post speaks of this city
    total double not null,
    evidence evidence not null,
    model varchar not null
);

-- one row per scored post and theme with something to say: (platform, post_id, theme); log-odds
create table post_themes (
    platform varchar not null,
    post_id varchar not null,
    theme varchar not null,
    probability double not null,
    total double not null,
    evidence evidence not null,
    model varchar not null
);

-- one row per author and local day: (platform, author_id, day); sums over mentions of the city
create table author_days (
    platform varchar not null,
    author_id varchar not null,
    day date not null,
    count_posts bigint not null, -- all posts stored
    sum_relevance double not null, -- expected number of mentions
    sum_engagement double not null, -- likes + replies + shares, weighted by relevance
    sum_sqrt_engagement double not null,
    count_links bigint not null,
    count_media bigint not null,
    count_replies bigint not null,
    count_resident_words bigint not null,
    count_visitor_words bigint not null
);

-- one row per author, local day and theme: (platform, author_id, day, theme)
create table author_theme_days (
    platform varchar not null,
    author_id varchar not null,
    day date not null,
    theme varchar not null,
    sum_theme double not null -- sum of relevance × probability of the theme
);

-- one row per person and account: (platform, author_id); several only where the person said so
create table persons (
    person_id varchar not null,
    platform varchar not null,
    author_id varchar not null,
    member_id varchar
);

-- one row per author and score: (platform, author_id, score, theme)
-- score: account_type | residency | reach | affinity; theme is '' but for affinity
create table author_scores (
    platform varchar not null,
    author_id varchar not null,
    score varchar not null,
    theme varchar not null,
    value double, -- probability, people or share; null when nothing can be said
    low double, -- 80 % interval, in the unit of value
    high double,
    label varchar not null, -- account_type: the likeliest type; residency: confirmed | probable | unknown | not_resident
    scale varchar not null, -- log-odds | log-people | share
    total double not null, -- the evidence's sum, on the scale
    evidence evidence not null
);
