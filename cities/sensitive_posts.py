"""Posts that reveal what article 9 of the GDPR protects: they are dropped before anything is kept.

Religion, opinions, health, sexuality, origin, trade unions. A post is read passage by passage. The
lists say which passages are worth a look, and what stands around the words (`sensitive_signals`):
« ma chimio » reveals, « course contre le cancer » does not, « église romane » is heritage. A small
model then weighs these signals and the other words (`sensitive_model`). One passage is enough.
French and English; other languages only by the words they share.

Known failures: irony; what only an image or a link says; a faith or an illness told without any
of its words; what two passages reveal together; a stranger's story told as a notice.
"""

from __future__ import annotations

__all__ = ["has_sensitive_word", "is_sensitive", "kind_of", "version"]

from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

from cities.sensitive_model import MODEL, shipped
from cities.sensitive_signals import find
from cities.sensitive_words import FILES, lexicon, passages, words_of

HERE = Path(__file__).parent
CODE = tuple(HERE / f"sensitive_{name}.py" for name in ("words", "rules", "signals", "model"))


def is_sensitive(text: str, hashtags: Sequence[str] = ()) -> bool:
    """Whether a post reveals what article 9 protects.

    >>> is_sensitive("Troisième chimio ce matin, merci à l'équipe"), is_sensitive("Malade de rire")
    (True, False)
    """
    return kind_of(text, hashtags) is not None


def kind_of(text: str, hashtags: Sequence[str] = ()) -> str | None:
    """The kind that weighs most, for whoever measures; None for a post that reveals nothing.

    Nobody may keep it beside a person.
    """
    for passage in passages(words_of(text, hashtags)):
        found = find(passage)
        if found and shipped().reveals(found):
            return found.kind()
    return None


def has_sensitive_word(text: str) -> bool:
    """Whether any word of the lists stands in a text, whatever it means there: too much.

    >>> has_sensitive_word("Concert de gospel à l'église")
    True
    """
    words = words_of(text)
    return next(lexicon().cues.find(f" {' '.join(words)} ", words), None) is not None


@cache
def version() -> str:
    """The fingerprint of words, rules and model: what was read under another is read again."""
    digest = sha256()
    for path in (*FILES, MODEL, *CODE, Path(__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
