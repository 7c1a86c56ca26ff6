-- One row per known post that tonight changes: (row_id).
create temp table changed_posts as
with compared as (
    select
        known.row_id,
        landed.* exclude (platform, post_id, source_ids, named_by)
        replace (
            coalesce(known.author_id, landed.author_id) as author_id,
            figure_of(landed.likes, known.likes, landed.observed_at, known.observed_at) as likes,
            figure_of(landed.replies, known.replies, landed.observed_at, known.observed_at)
                as replies,
            figure_of(landed.shares, known.shares, landed.observed_at, known.observed_at)
                as shares,
            figure_of(landed.views, known.views, landed.observed_at, known.observed_at) as views
        ),
        list_sort(list_distinct(list_concat(known.source_ids, landed.source_ids))) as source_ids,
        if(known.named_by is null and landed.named_by is null, null, list_sort(list_distinct(
            list_concat(
                coalesce(known.named_by, known.source_ids),
                coalesce(landed.named_by, landed.source_ids)
            )
        ))) as named_by,
        landed.observed_at > known.observed_at as is_later,
        row(known.likes, known.replies, known.shares, known.views) as figures_before,
        known.source_ids as source_ids_before,
        known.author_id is null and landed.author_id is not null as is_author_new,
        known.named_by as named_by_before,
        known.text is distinct from landed.text
        or known.edited_at is distinct from landed.edited_at as is_edited,
    from landed_posts as landed
    inner join known_posts as known using (platform, post_id)
)
select
    * exclude (figures_before, source_ids_before, is_author_new, named_by_before),
    is_later and is_edited as has_content,
    row(likes, replies, shares, views) is distinct from figures_before
    or source_ids is distinct from source_ids_before
    or named_by is distinct from named_by_before
    or is_author_new as has_figures,
from compared;
