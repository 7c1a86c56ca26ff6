-- What reach needs of each day, and what a place in a ranking is worth.

alter table author_days add column sum_replies double default 0; -- weighted by relevance
alter table author_days add column sum_views double default 0; -- of posts whose views are told
alter table author_days add column sum_viewed_engagement double default 0; -- of the same posts

alter table rankings add column probability double; -- of being among the best of that many places
alter table rankings add column tie_group integer; -- who shares it is as good as tied
alter table rankings add column kept_for varchar default ''; -- newcomer | small_account | ''
