-- What residency reads of an author's day: words of who works there, has a second home, has left.

alter table author_days add column count_mentions bigint default 0; -- posts with relevance ≥ 0.5
alter table author_days add column count_evenings bigint default 0; -- mentions from 20:00 to 6:00
alter table author_days add column count_commuter_words bigint default 0;
alter table author_days add column count_second_home_words bigint default 0;
alter table author_days add column count_former_words bigint default 0;
