-- What the account type and the residency need of each day, and the account of what was scored.

alter table author_days add column count_first_person bigint default 0; -- posts that say "I"
alter table author_days add column count_round_minutes bigint default 0; -- at :00, :15, :30, :45
alter table author_days add column count_everyday_places bigint default 0;
alter table author_days add column count_monuments bigint default 0;
alter table author_days add column count_local_signs bigint default 0; -- posts that only fit here
alter table author_days add column count_namesakes bigint default 0; -- posts on a namesake
alter table author_days add column text_shape varchar; -- least fingerprint of the day's texts

-- one row per night that scored: (as_of); `version` fingerprints words, rules, terms of the city
create table score_runs (
    as_of timestamptz not null,
    version varchar not null,
    observed_until timestamptz -- newest observation that this night took in
);
