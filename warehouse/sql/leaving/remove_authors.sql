-- Everything that hangs on an author who leaves, or of whom only counts may be kept.
create temp table removed as
select platform, author_id from leaving_authors
union
select platform, author_id from unpermitted_authors;

create temp table removed_persons as
select person_id from persons semi join removed using (platform, author_id);

delete from authors where (platform, author_id) in (select (platform, author_id) from removed);
delete from author_figures where (platform, author_id) in (select (platform, author_id) from removed);
delete from edges where (platform, from_author_id) in (select (platform, author_id) from removed);
delete from edges where (platform, to_author_id) in (select (platform, author_id) from leaving_authors);
delete from author_days where (platform, author_id) in (select (platform, author_id) from removed);
delete from author_theme_days where (platform, author_id) in (select (platform, author_id) from removed);
delete from author_scores where (platform, author_id) in (select (platform, author_id) from removed);
delete from persons where (platform, author_id) in (select (platform, author_id) from removed);
delete from rankings where person_id in (select person_id from removed_persons);
delete from team_proposal where person_id in (select person_id from removed_persons);
delete from invitation_proposals where person_id in (select person_id from removed_persons);
delete from relay_proposals where (platform, author_id) in (select (platform, author_id) from removed);
delete from weight_moves where person_id in (select person_id from removed_persons);
