-- one row per author that may be scored: (platform, author_id); logarithm of people
insert into author_scores by name
with joined as (
    select
        audiences.platform,
        audiences.author_id,
        audiences.audience as followers,
        gained,
        count_engaged,
        coalesce(count_local, 0) as count_local,
        coalesce(audiences.ring, 0) as ring_share,
        coalesce(mentions_received, 0) + coalesce(reshares_received, 0) as count_echoes,
        reach_clues as c,
    from audiences
    inner join reach_clues using (platform, author_id)
),
clued as (
    select
        *,
        least(ln($population) - (c.audience + c.jumps + c.engagement + c.views + c.ring + c.echo
            + c.standing + c.local_share), 0) as bound,
        weighing([
            clue('audience', c.audience, followers),
            clue('jumps', c.jumps, round(100 * gained) || ' %'),
            clue('engagement', c.engagement, 'x ' || round(exp(c.engagement), 2)),
            clue('views', c.views, 'x ' || round(exp(c.views), 2)),
            clue('ring', c.ring, round(100 * ring_share) || ' %'),
            clue('echo', c.echo, count_echoes),
            clue('standing', c.standing, 'x ' || round(exp(10 * c.standing), 2)),
            clue('local_share', c.local_share,
                round(count_local, 1) || ' / ' || coalesce(count_engaged, 0)),
            clue('bound', bound, $population::bigint)
        ]) as evidence,
        total_of(evidence) as total,
        exp(total) as value,
        ln(least(greatest(gamma_quantile(c.shape, c.shape, -1.2816), 0.02), 1)) as below,
        ln(greatest(gamma_quantile(c.shape, c.shape, 1.2816), 1)) as above,
    from joined
),
scored as (
    select
        platform, author_id, 'reach' as score, '' as theme,
        total, value,
        value * exp(-sqrt(below * below + $spread * $spread)) as low,
        least(value * exp(sqrt(above * above + $spread * $spread)),
            greatest($population, value)) as high,
        '' as label, 'log-people' as scale, evidence,
    from clued
)
select * from scored
