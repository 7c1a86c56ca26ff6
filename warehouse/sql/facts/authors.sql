-- One row per author: (platform, author_id); the latest version, the largest figures of its night.
merge into authors as known
using landed_authors as landed
on known.platform = landed.platform and known.author_id = landed.author_id
when matched and landed.observed_at >= known.observed_at then update set
    handle = landed.handle,
    display_name = landed.display_name,
    bio = landed.bio,
    declared_location = landed.declared_location,
    url = landed.url,
    links = landed.links,
    created_at = landed.created_at,
    is_declared_automated = landed.is_declared_automated,
    is_declared_organisation = landed.is_declared_organisation,
    audience = figure_of(landed.audience, known.audience, landed.observed_at, known.observed_at),
    following = figure_of(
        landed.following, known.following, landed.observed_at, known.observed_at
    ),
    posts = figure_of(landed.posts, known.posts, landed.observed_at, known.observed_at),
    observed_at = landed.observed_at
when not matched then insert by name;
