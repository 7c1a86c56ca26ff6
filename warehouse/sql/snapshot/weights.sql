-- One row per part of a place in a ranking: (name); its weights, proposed is null without proposal.
create table snapshot.weights as
select name, position, city, now, proposed,
from weights
order by position;
