"""A composed text as the entry of a blog: a title, paragraphs, and tags that are not in them."""

from __future__ import annotations

__all__ = ["entry_of"]

import re

from demo.phrases import capital

_TAGS_AT_END = re.compile(r"(?:\s*#\w+)+[ \t]*(?=\n\n|$)")
_SENTENCE = re.compile(r"^(.{12,70}?)(?:[.!?…]+(?:\s|$)|$)", re.DOTALL)
_NOT_OF_A_TITLE = re.compile(r"[^\w\s'’«».,:;!?…()°€%&+/-]")
_LONGEST_TITLE = 70


def entry_of(text: str) -> tuple[str, str]:
    """Title and text of an entry.

    >>> entry_of("Jour de marché, il pleut. On y va ! #montreval\\n\\nEt en #Bourgogne.")
    ('Jour de marché, il pleut', 'Jour de marché, il pleut. On y va !\\n\\nEt en Bourgogne.')
    """
    plain = re.sub(r"#(\w+)", r"\1", _TAGS_AT_END.sub("", text)).strip() or "…"
    first = _NOT_OF_A_TITLE.sub("", plain.partition("\n\n")[0]).replace("\n", " ").strip()
    found = _SENTENCE.match(first)
    title = found[1] if found else _cut(first)
    return capital(" ".join(title.split())) or "Sans titre", plain


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_TITLE else text[:_LONGEST_TITLE].rpartition(" ")[0]
