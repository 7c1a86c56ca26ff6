-- Residents among the first, by the weights in use or proposed: (person_id).
with
shown as (select * from residents_shown($blocked::varchar[])),
moves as (select * from snapshot.weight_moves),

told as (
    select
        shown.person_id,
        shown.display_name,
        shown.accounts,
        moves.before,
        moves.after,
        moves.count_first,
        moves.after <= moves.count_first and moves.before > moves.count_first as enters,
        moves.before <= moves.count_first and moves.after > moves.count_first as leaves
    from moves
    inner join shown using (person_id)
)

select * from told
order by after, person_id
