-- Posts and authors of a week on all platforms: (theme, week); theme '' is all themes.
-- Cells under ten authors are withheld before publication, so a week may be absent. An author is
-- one account on one platform, so authors of several platforms add up; people would not, and the
-- page says « accounts ».
with
volumes as (select * from snapshot.volumes),

weeks as (
    select
        theme,
        week,
        sum(count_posts)::bigint as count_posts,
        sum(count_authors)::bigint as count_authors
    from volumes
    group by theme, week
)

select theme, week, count_posts, count_authors
from weeks
order by theme, week
