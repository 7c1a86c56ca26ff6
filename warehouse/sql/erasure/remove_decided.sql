-- What the brief's tables hold of the author; the brief itself is another store's affair.
delete from brief_members where member_id in (
    select member_id
    from brief_accounts
    where (platform, author_id) in (select (platform, author_id) from leaving_authors)
);
delete from brief_accounts
where (platform, author_id) in (select (platform, author_id) from leaving_authors);
delete from brief_corrections
where (platform, author_id) in (select (platform, author_id) from leaving_authors);
delete from brief_contacts
where (platform, author_id) in (select (platform, author_id) from leaving_authors);
delete from brief_invitations
where (platform, author_id) in (select (platform, author_id) from leaving_authors);
delete from brief_relays
where (platform, author_id) in (select (platform, author_id) from leaving_authors);
delete from brief_preferences where preference_id in (
    select preference_id
    from brief_preferences
    where (platform, author_id) in (select (platform, author_id) from leaving_authors)
);
