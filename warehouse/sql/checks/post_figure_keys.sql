-- Figures that were replaced are kept once: (platform, post_id, observed_at).
select platform, post_id, observed_at
from post_figures
group by all
having count(*) > 1;
