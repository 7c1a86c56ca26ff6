-- Projects of the city file that need no proposal: one is under way, or it is over.
-- grain: one row per project; key: project_id
with settled as (
    select proposal_id from brief_settled
),

under_way as (
    select project_id from brief_occasions where project_id is not null
),

projects as (
    select project_id from under_way
    union
    select substr(proposal_id, length('project:') + 1) as project_id
    from settled
    where starts_with(proposal_id, 'project:')
)

select project_id from projects order by project_id
