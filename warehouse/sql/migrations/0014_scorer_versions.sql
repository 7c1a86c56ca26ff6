-- Each scorer of posts has a version of its own, and posts wait their turn to be read anew.

-- one row per post whose themes were read, even when none was found: (platform, post_id)
create table theme_readings (
    platform varchar not null,
    post_id varchar not null,
    model varchar not null
);
insert into theme_readings select platform, post_id, model from post_relevance;

-- one row per night that scored: (as_of); a version fingerprints rules, words, models, terms
alter table score_runs rename column version to relevance_version;
alter table score_runs add column themes_version varchar default '';
alter table score_runs add column days_version varchar default '';
alter table score_runs add column count_posts bigint default 0; -- that were ever read
alter table score_runs add column count_rescored bigint default 0; -- of the backlog, this night
-- posts that an earlier version read, after this night
alter table score_runs add column count_waiting_relevance bigint default 0;
alter table score_runs add column count_waiting_themes bigint default 0;
