-- Clues of one group, made smaller in proportion where together they pass the group's bounds: what
-- goes together does not count twice, and what is shown adds up to what counts.
create or replace temp macro capped(clues, least, most) as
    list_transform(clues, lambda c: struct_pack(
        name := c.name,
        contribution := c.contribution * if(
            total_of(clues) between least and most,
            1,
            clip(total_of(clues), least, most) / total_of(clues)
        ),
        detail := c.detail
    ))
