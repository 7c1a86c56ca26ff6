"""The number inside a post's id, as each platform writes it, and back."""

from __future__ import annotations

__all__ = ["number_of", "short_code"]

import re

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def number_of(platform: str, post_id: str) -> int:
    """The number of a post: Instagram's short code is one in base 64, the others end with it.

    >>> number_of("mastodon", "https://a.example/users/lou/statuses/12")
    12
    >>> number_of("instagram", "BAE")
    4100
    """
    if platform == "instagram":
        number = 0
        for letter in post_id:
            number = number * len(ALPHABET) + ALPHABET.index(letter)
        return number
    found = re.search(r"\d+$", post_id)
    if found is None:
        raise ValueError(f"{platform} writes a post's id with a number at its end")
    return int(found[0])


def short_code(number: int) -> str:
    """The short code of an Instagram post.

    >>> short_code(4100)
    'BAE'
    """
    letters = ""
    while number:
        number, rest = divmod(number, len(ALPHABET))
        letters = ALPHABET[rest] + letters
    return letters or ALPHABET[0]
