-- Whom analysts would rather ask, and the weights of the rankings that this teaches.

-- one row per preference and side of it: (preference_id, is_preferred); theme is '' when overall
create table brief_preferences (
    preference_id varchar not null,
    is_preferred boolean not null,
    platform varchar not null,
    author_id varchar not null,
    theme varchar not null,
    decided_at timestamptz not null
);

-- one row: (proposal_id), the last that was learnt; figures are null where nothing was
create table weight_proposals (
    proposal_id varchar not null,
    taught_by varchar not null, -- fingerprint of the preferences and of the city's weights
    as_of timestamptz not null, -- the night that learnt it
    state varchar not null, -- too_few | no_gain | proposed
    count_said bigint not null, -- preferences in the brief
    count_used bigint not null, -- pairs of two ranked persons, each once
    count_repeated bigint not null,
    count_contrary bigint not null, -- said both ways round: none of them counts
    count_same bigint not null, -- both accounts are one person
    count_unranked bigint not null, -- one of the two has no place in that ranking
    count_wanted bigint not null, -- how many pairs a proposal needs
    strength double, -- of the ridge towards the city's weights
    accuracy double, -- share of pairs told rightly, unseen
    accuracy_low double,
    accuracy_high double,
    accuracy_now double, -- by the weights in use
    accuracy_now_low double,
    accuracy_now_high double,
    gain double,
    gain_low double,
    gain_high double
);

-- one row per part of a place in a ranking: (name); each column sums to the city's total
create table weights (
    name varchar not null, -- reach | affinity | regularity
    position integer not null,
    city double not null, -- the city file's, with the rules set over it
    now double not null, -- in use this night
    proposed double
);

-- one row per person among the first of the overall ranking, by the weights in use or proposed
create table weight_moves (
    person_id varchar not null,
    before integer not null,
    after integer not null,
    count_first integer not null -- how many are the first: the size of the team
);

-- what ranked each night: the weights, and whose they were ('' the city's, else a proposal's id)
alter table score_runs add column weights_from varchar default '';
alter table score_runs add column weights double[];
