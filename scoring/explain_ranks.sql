-- one row per ranking in which the person of one author stands: (theme); overall first
with asked as (
    select person_id from persons where platform = $platform and author_id = $author_id
),
counted as (
    select theme, count(*) as count_ranked from rankings group by theme
),
placed as (
    select rankings.*, counted.count_ranked
    from rankings
    inner join asked using (person_id)
    inner join counted using (theme)
    order by rankings.theme
)
select * from placed
