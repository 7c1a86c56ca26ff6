-- One row per occasion and post that might be relayed: (occasion_id, platform, post_id); its text
-- is in posts.
create table snapshot.relays as
select
    occasion_id, position, person_id, platform, post_id, author_id, probability, total, evidence,
from relay_proposals
semi join snapshot.posts using (person_id, platform, post_id)
order by occasion_id, position;
