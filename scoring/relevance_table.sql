-- one row per fresh post, what its own text says: (platform, post_id)
create temp table relevance_signs (
    platform varchar,
    post_id varchar,
    author_id varchar,
    model varchar,
    own_clues evidence,
    is_here boolean,
    is_namesake boolean
)
