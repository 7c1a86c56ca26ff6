"""One plain sentence for each reason of a proposal, in French and English: data files."""

from __future__ import annotations

__all__ = ["reason_sentence"]

from functools import cache
from pathlib import Path

from cities.data_files import read_yaml
from outreach.trades import Language

HERE = Path(__file__).parent / "sentences"


def reason_sentence(code: str, amount: float, detail: str, *, language: Language) -> str:
    """The sentence of a reason; `detail` is put in as given (the caller names themes in words).

    >>> reason_sentence("reach", 132.0, "", language="en")
    'reaches about 132 people of the city with a post'
    """
    sentence = _sentences(language)[code]
    return sentence.format(amount=f"{amount:.0f}", detail=detail)


@cache
def _sentences(language: Language) -> dict[str, str]:
    found: dict[str, str] = read_yaml(HERE / f"{language}.yaml")
    return found
