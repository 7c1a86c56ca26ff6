-- Rankings and proposals: computed each night, never decided here.

-- one row per theme and person: (theme, person_id); theme is '' for the overall ranking
create table rankings (
    theme varchar not null,
    person_id varchar not null,
    position integer not null,
    score double not null,
    low double not null,
    high double not null,
    band varchar not null, -- A | B | C
    evidence evidence not null
);

create type reasons as struct(code varchar, amount double, detail varchar)[];

-- one row per member proposed: (person_id)
create table team_proposal (
    person_id varchar not null,
    position integer not null,
    themes varchar[] not null, -- the themes that this person brings
    loss double not null, -- what the team's objective would lose without them
    reasons reasons not null
);

-- one row per constraint of the team: (code)
create table team_constraints (
    code varchar not null,
    wanted double not null,
    reached double not null,
    is_relaxed boolean not null
);

-- one row per occasion: (occasion_id)
create table occasion_proposals (
    occasion_id varchar not null,
    kind varchar not null,
    title varchar not null,
    opening_id varchar,
    trade varchar not null, -- '' when no trade is recognised
    themes varchar[] not null, -- the trade's themes, main one first
    activity_id varchar not null
);

-- one row per occasion and person: (occasion_id, person_id)
create table invitation_proposals (
    occasion_id varchar not null,
    person_id varchar not null,
    position integer not null,
    score double not null,
    reasons reasons not null
);
