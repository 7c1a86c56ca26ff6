-- The last load with which persons withdrew, or were no longer permitted: older snapshots show them.

-- at most one row
create table withdrawals (as_of timestamptz not null);
