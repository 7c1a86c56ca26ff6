"""What the people of a commune are called, derived from its name: Aixois, Lensois, Rennais."""

from __future__ import annotations

__all__ = ["inhabitants_of"]

from functools import lru_cache

from scoring.mentions.names import name_of, short_name

ENDINGS = ("ois", "oise", "oises", "ais", "aise", "aises", "ien", "ienne", "iens", "iennes")
DOUBLED = "lnt"
VOWELS = "aeiouy"
LEAST_STEM, MOST_USE = 3, 5.3


@lru_cache(maxsize=5_000)
def inhabitants_of(folded: str) -> tuple[str, ...]:
    """The folded words that may say who lives there; none for a name that is a common word.

    Only the regular ones: of Tours (Tourangeaux) or Bordeaux (Bordelais) the city file must tell.

    >>> inhabitants_of("aix en provence")[:3]
    ('aixois', 'aixoise', 'aixoises')
    >>> "rennais" in inhabitants_of("rennes"), "lavallois" in inhabitants_of("laval")
    (True, True)
    """
    word = short_name(folded) or folded
    known = name_of(word)
    if not word or " " in word or (known.is_word and known.french_use > MOST_USE):
        return ()
    stems = {word, word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("e")}
    stems |= {stem + stem[-1] for stem in stems if stem[-1:] in DOUBLED}
    stems |= {stem[:-1] for stem in stems if stem[-1:] in VOWELS}
    forms = [stem + end for stem in sorted(stems) if len(stem) >= LEAST_STEM for end in ENDINGS]
    return tuple(form for form in forms if not name_of(form).largest)
