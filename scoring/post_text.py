"""What the models that read posts are given of one post."""

from __future__ import annotations

__all__ = ["PostText"]

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PostText:
    """The words of one post, as written.

    `language`: two letters where the platform says it; `hashtags` without their mark; `links`
    are the addresses that the post points to.
    """

    text: str
    language: str | None = None
    hashtags: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
