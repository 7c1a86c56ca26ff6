"""What the verbs take: a city, an author, who decides; and the act that they open."""

from __future__ import annotations

__all__ = ["Author", "By", "City", "Language", "account_of", "acting", "reading"]

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated, Literal

import typer
from sqlalchemy.orm import Session

from cities.accounts import account_of as read_account
from cities.brief import Account
from cities.errors import PortevoixError
from cities.settings import load_settings
from decisions.act import Act
from decisions.forms import well_formed
from decisions.store import open_store

City = Annotated[str, typer.Argument(help="The city's id, such as montreval.")]
Author = Annotated[str, typer.Argument(help="platform:name, or the profile's address")]
By = Annotated[str, typer.Option("--by", help="Who decides.", default_factory=getpass.getuser)]
Language = Literal["fr", "en"]
# What the brief and the store hold at most, platform and author id together.
LONGEST_AUTHOR = 400


def account_of(author: str) -> Account:
    """The account that was written: `x:@name`, `mastodon:name@instance`, a profile's address."""
    if len(author) > LONGEST_AUTHOR:
        raise PortevoixError("author: is longer than an account may be; copy its address again")
    if account := read_account(author):
        return account
    platform, _, name = author.strip().partition(":")
    if platform and name and not name.startswith("//"):
        # Names what is wrong: the platform, or the form of its accounts.
        return well_formed(Account(platform=platform.strip().lower(), author_id=name))
    raise PortevoixError(
        "author: does not say which account of which platform; write x:@name, instagram:@name, "
        "mastodon:name@instance, blog:site.example, or copy the address of the profile"
    )


@contextmanager
def acting(city_id: str, by: str) -> Iterator[Act]:
    """An act of a named person in a city that has a folder."""
    settings = load_settings()
    settings.home.folder(city_id).city()
    with open_store(settings) as store, store.act(city_id, actor=by, at=datetime.now(UTC)) as act:
        yield act


@contextmanager
def reading(city_id: str) -> Iterator[Session]:
    """What is decided in a city that has a folder."""
    settings = load_settings()
    settings.home.folder(city_id).city()
    with open_store(settings) as store, store.reading() as session:
        yield session
