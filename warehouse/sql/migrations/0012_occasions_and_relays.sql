-- What an occasion says of its business or project, what is settled, and posts to relay.

alter table brief_occasions add column project_id varchar;
alter table brief_occasions add column activity varchar;
alter table brief_occasions add column address varchar;
alter table brief_occasions add column handle varchar;
alter table brief_invitations add column sent_at timestamptz;

-- one row per proposal that is not to be made again: (proposal_id), as opening:… or project:…
create table brief_settled (proposal_id varchar not null);

-- one row per post whose author was asked: (platform, post_id)
create table brief_relays (
    relay_id varchar not null,
    occasion_id varchar not null,
    platform varchar not null,
    author_id varchar not null,
    post_id varchar not null,
    state varchar not null, -- asked | granted | refused | relayed
    changed_at timestamptz not null
);

-- one row per occasion under way: (occasion_id): how people write of it, folded
create table occasion_terms (
    occasion_id varchar not null,
    themes varchar[] not null,
    held_on date, -- null when no day is known: then the day of the invitation counts
    phrases varchar[] not null, -- its name in full, in the ways in which names are written
    words varchar[] not null, -- what is distinctive in its name
    handles varchar[] not null,
    streets varchar[] not null,
    weight_phrase double not null -- a name made of common words says less
);

-- one row per occasion and post: (occasion_id, platform, post_id); scale: log-odds
create table relay_proposals (
    occasion_id varchar not null,
    position integer not null,
    person_id varchar not null,
    platform varchar not null,
    post_id varchar not null,
    author_id varchar not null,
    probability double not null, -- that the post speaks of the occasion
    total double not null,
    evidence evidence not null
);

-- words as cities.names.fold folds them: no case, no accent, one space for all else; of lower case
create macro folded_words(words) as
    trim(regexp_replace(
        strip_accents(replace(replace(replace(words, 'œ', 'oe'), 'æ', 'ae'), 'ß', 'ss')),
        '[^a-z0-9]+', ' ', 'g'
    ));
