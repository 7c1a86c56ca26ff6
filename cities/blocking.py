"""Keyed hashes of authors who must never come back.

A blocked author is remembered only as `block_hash`: without the key, nobody can list who
objected. The nested form (NMAC-like) needs nothing but SHA-256, so DuckDB computes the same
hash in SQL: `sha256(key || sha256(key || platform || ':' || author_id))`.
"""

from __future__ import annotations

__all__ = ["block_hash"]

from hashlib import sha256


def block_hash(key: str, platform: str, author_id: str) -> str:
    """The keyed hash of an author, 64 hexadecimal characters.

    >>> block_hash("k", "mastodon", "a@b.example") == block_hash("k", "mastodon", "A@B.example")
    True
    """
    inner = sha256(f"{key}{platform}:{author_id.lower()}".encode()).hexdigest()
    return sha256(f"{key}{inner}".encode()).hexdigest()
