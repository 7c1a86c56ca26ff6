-- The brief of the last load, as tables, so that SQL joins it. Replaced whole each night.

create table brief_blocked (block_hash varchar not null);

-- one row per member
create table brief_members (
    member_id varchar not null,
    joined_at timestamptz not null,
    is_resident boolean,
    themes varchar[] not null
);

-- one row per account that a member linked
create table brief_accounts (
    member_id varchar not null,
    platform varchar not null,
    author_id varchar not null
);

-- one row per author, subject and value; the last word wins for residency and account_type
create table brief_corrections (
    platform varchar not null,
    author_id varchar not null,
    subject varchar not null, -- residency | account_type | theme
    value varchar not null,
    decided_at timestamptz not null
);

create table brief_contacts (
    platform varchar not null,
    author_id varchar not null,
    contacted_at timestamptz not null
);

create table brief_occasions (
    occasion_id varchar not null,
    kind varchar not null, -- opening | business | project
    title varchar not null,
    opening_id varchar,
    trade varchar,
    theme varchar,
    "on" date
);

create table brief_invitations (
    invitation_id varchar not null,
    occasion_id varchar not null,
    platform varchar not null,
    author_id varchar not null,
    state varchar not null,
    changed_at timestamptz not null
);
