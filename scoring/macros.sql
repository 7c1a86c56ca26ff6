-- Small mathematics that several scorers share; temporary, made anew for each run.

-- text as people type it → lower case, without accents, one space between words and the mark of
-- hashtags; French elisions become words of one letter
create or replace temp macro marked_text(text) as trim(regexp_replace(
    lower(strip_accents(replace(replace(replace(text, 'œ', 'oe'), 'Œ', 'oe'), 'æ', 'ae'))),
    '[^a-z0-9#]+', ' ', 'g'
));

-- the same without that mark, as `cities.names.fold`
create or replace temp macro fold_text(text) as marked_text(replace(text, '#', ' '));

-- text without the addresses and the handles in it
create or replace temp macro bare_text(text) as
    regexp_replace(text, 'https?://\S+|www\.\S+|@[\w.@-]+', ' ', 'g');

create or replace temp macro clip(x, least_x, most_x) as greatest(least_x, least(most_x, x));

create or replace temp macro probability(log_odds) as 1 / (1 + exp(-clip(log_odds, -50, 50)));

create or replace temp macro log_odds(p) as ln(p / (1 - p));

-- A sum that does not depend on the order of rows nor on the number of threads: decimals add
-- exactly, doubles do not.
create or replace temp macro exact_sum(x) as coalesce(sum(cast(x as decimal(28, 9))), 0)::double;

create or replace temp macro clue(name, contribution, detail) as struct_pack(
    name := name, contribution := contribution::double, detail := detail::varchar
);

-- Clues that weigh something, in the order given.
create or replace temp macro weighing(clues) as
    list_filter(clues, lambda c: c.contribution <> 0);

create or replace temp macro total_of(clues) as
    coalesce(list_sum(list_transform(clues, lambda c: c.contribution)), 0.0);

-- Wilson and Hilferty (1931): quantile of a Gamma(shape, rate), z standard deviations from its
-- middle; within 1 % for shape ≥ 1.
create or replace temp macro gamma_quantile(shape, rate, z) as
    shape / rate * power(greatest(1 - 1 / (9 * shape) + z / (3 * sqrt(shape)), 0), 3);

-- Abramowitz and Stegun 26.5.22: quantile of a Beta(a, b), z standard deviations from its
-- middle; both are taken as at least 1.05, where the formula begins to hold.
create or replace temp macro beta_w(a, b, z, h) as
    z * sqrt(h + (z * z - 3) / 6) / h
    - (1 / (2 * b - 1) - 1 / (2 * a - 1)) * ((z * z - 3) / 6 + 5 / 6 - 2 / (3 * h));

create or replace temp macro beta_from(a, b, z) as
    a / (a + b * exp(2 * clip(
        beta_w(a, b, -z, 2 / (1 / (2 * a - 1) + 1 / (2 * b - 1))), -20, 20
    )));

create or replace temp macro beta_quantile(a, b, z) as
    beta_from(greatest(a, 1.05), greatest(b, 1.05), z);
