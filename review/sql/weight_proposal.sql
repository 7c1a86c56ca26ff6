-- What the preferences taught: one row, none where no night has looked at them.
with
proposal as (select * from snapshot.weight_proposal)

select * from proposal
