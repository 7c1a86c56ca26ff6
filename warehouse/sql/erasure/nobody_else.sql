-- An erasure removes one author; permissions are the load's affair.
create temp table unpermitted_authors (platform varchar, author_id varchar);
