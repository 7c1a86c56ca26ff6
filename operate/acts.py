"""The verbs by which a person decides: members, corrections, objections, occasions, invitations.

Each is one act of a named person in the decisions store; the next night's brief carries it. An
author is written `platform:author_id`, such as `mastodon:lou_verriers@saone.example`.
"""

from __future__ import annotations

__all__ = ["acts"]

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated, cast

import typer

from cities.brief import Account
from cities.errors import PortevoixError
from cities.settings import load_settings
from decisions.act import Act
from decisions.corrections import correct as correct_author
from decisions.forms import well_formed
from decisions.invitations import State, choose, drop, move
from decisions.members import (
    Agreement,
    add,
    all_members,
    choose_themes,
    declare_residency,
    leave,
    link,
    unlink,
)
from decisions.objections import block
from decisions.occasions import Kind, Plan, close, open_occasion
from decisions.store import open_store

acts = typer.Typer(no_args_is_help=True)
member = typer.Typer(no_args_is_help=True, help="Members: people who said yes.")
occasion = typer.Typer(no_args_is_help=True, help="Occasions: what residents are invited to.")
invite = typer.Typer(no_args_is_help=True, help="Invitations: who is asked, and the answer.")
acts.add_typer(member, name="member")
acts.add_typer(occasion, name="occasion")
acts.add_typer(invite, name="invite")

City = Annotated[str, typer.Argument(help="The city's id, such as montreval.")]
Author = Annotated[str, typer.Argument(help="platform:author_id")]
MemberId = Annotated[str, typer.Argument(help="The member's id, such as m-3f9a12c04b7e.")]
By = Annotated[str, typer.Option("--by", help="Who decides.", default_factory=getpass.getuser)]

# What the brief and the store hold at most, platform and author id together.
LONGEST_AUTHOR = 400


def account_of(author: str) -> Account:
    """The account written `platform:author_id`, under its natural key."""
    platform, colon, author_id = author.partition(":")
    if not (platform and colon and author_id) or len(author) > LONGEST_AUTHOR:
        raise PortevoixError(
            "author: is not of the form platform:author_id; write mastodon:name@instance"
        )
    return well_formed(Account(platform=platform.strip().lower(), author_id=author_id))


@contextmanager
def _act(city_id: str, by: str) -> Iterator[Act]:
    settings = load_settings()
    settings.home.folder(city_id).city()
    with open_store(settings) as store, store.act(city_id, actor=by, at=datetime.now(UTC)) as act:
        yield act


@member.command("add")
def member_add(
    city_id: City,
    author: Author,
    *,
    consent: Annotated[str, typer.Option(help="Version of the text they agreed to.")],
    name: Annotated[str | None, typer.Option(help="The name that they want to be called.")] = None,
    by: By,
) -> None:
    """Add a person who said yes, with their first account.

    portevoix member add montreval mastodon:lou@saone.example --consent 2026-05
    """
    with _act(city_id, by) as act:
        member_id = add(act, Agreement(consent, act.at), display_name=name)
        link(act, member_id, account_of(author))
    typer.echo(member_id)


@member.command("link")
def member_link(city_id: City, member_id: MemberId, author: Author, *, by: By) -> None:
    """Link another account that the member says is theirs.

    portevoix member link montreval m-3f9a12c04b7e mastodon:lou@halle.example
    """
    with _act(city_id, by) as act:
        link(act, member_id, account_of(author))


@member.command("unlink")
def member_unlink(city_id: City, member_id: MemberId, author: Author, *, by: By) -> None:
    """Unlink an account.

    portevoix member unlink montreval m-3f9a12c04b7e mastodon:lou@halle.example
    """
    with _act(city_id, by) as act:
        unlink(act, member_id, account_of(author))


@member.command("resident")
def member_resident(
    city_id: City,
    member_id: MemberId,
    *,
    lives_here: Annotated[bool, typer.Option("--yes/--no", help="Their own word.")],
    by: By,
) -> None:
    """Keep the member's own word on where they live.

    portevoix member resident montreval m-3f9a12c04b7e --yes
    """
    with _act(city_id, by) as act:
        declare_residency(act, member_id, is_resident=lives_here)


@member.command("themes")
def member_themes(city_id: City, member_id: MemberId, themes: list[str], *, by: By) -> None:
    """Keep the themes that the member chose.

    portevoix member themes montreval m-3f9a12c04b7e wine music
    """
    with _act(city_id, by) as act:
        choose_themes(act, member_id, themes)


@member.command("leave")
def member_leave(city_id: City, member_id: MemberId, *, by: By) -> None:
    """The member withdraws: consent, accounts, all that was kept of them as a member.

    portevoix member leave montreval m-3f9a12c04b7e
    """
    with _act(city_id, by) as act:
        leave(act, member_id)


@member.command("list")
def member_list(city_id: City) -> None:
    """List the members' ids, with how many accounts each has linked.

    portevoix member list montreval
    """
    with open_store(load_settings()) as store, store.reading() as session:
        for found in all_members(session, city_id):
            typer.echo(f"{found.member_id}  {found.joined_at:%Y-%m-%d}  {len(found.accounts)}")


@acts.command("correct")
def correct(
    city_id: City,
    author: Author,
    subject: Annotated[str, typer.Argument(help="residency, account_type or theme")],
    value: Annotated[str, typer.Argument(help="not_resident, business, wine, …")],
    *,
    reason: Annotated[str, typer.Option(help="said, known, elsewhere, misread, asked")] = "known",
    by: By,
) -> None:
    """Correct a score: an analyst's word is stronger, from the next night on.

    portevoix correct montreval mastodon:lou@saone.example residency not_resident
    """
    with _act(city_id, by) as act:
        correct_author(act, account_of(author), subject=subject, value=value, reason=reason)


@acts.command("object")
def object_(city_id: City, author: Author, *, by: By) -> None:
    """An author objects: gone from the pages at once, never collected again.

    portevoix object montreval mastodon:lou@saone.example
    """
    with _act(city_id, by) as act:
        block(act, account_of(author))


@occasion.command("open")
def occasion_open(
    city_id: City,
    title: Annotated[str, typer.Argument(help="What it is called.")],
    *,
    kind: Annotated[str, typer.Option(help="opening, business or project")] = "project",
    opening: Annotated[str | None, typer.Option(help="The opening's id.")] = None,
    trade: Annotated[str | None, typer.Option(help="A trade, such as florist.")] = None,
    theme: Annotated[str | None, typer.Option(help="A theme, such as nature.")] = None,
    by: By,
) -> None:
    """Open an occasion; the next night proposes whom to invite.

    portevoix occasion open montreval "Fête du quai" --theme music
    """
    plan = Plan(kind=cast("Kind", kind), title=title, opening_id=opening, trade=trade, theme=theme)
    with _act(city_id, by) as act:
        typer.echo(open_occasion(act, plan))


@occasion.command("close")
def occasion_close(city_id: City, occasion_id: str, *, by: By) -> None:
    """Close an occasion.

    portevoix occasion close montreval o-3f9a12c04b7e
    """
    with _act(city_id, by) as act:
        close(act, occasion_id)


@invite.command("choose")
def invite_choose(city_id: City, occasion_id: str, author: Author, *, by: By) -> None:
    """Choose a guest; nothing is sent.

    portevoix invite choose montreval o-3f9a12c04b7e mastodon:lou@saone.example
    """
    with _act(city_id, by) as act:
        typer.echo(choose(act, occasion_id, account_of(author)))


@invite.command("drop")
def invite_drop(city_id: City, invitation_id: str, *, by: By) -> None:
    """Take back a choice that was not sent.

    portevoix invite drop montreval i-3f9a12c04b7e
    """
    with _act(city_id, by) as act:
        drop(act, invitation_id)


@invite.command("move")
def invite_move(
    city_id: City,
    invitation_id: str,
    to: Annotated[str, typer.Argument(help="sent, accepted, declined or came")],
    *,
    by: By,
) -> None:
    """Keep that an invitation was sent, accepted, declined, or that the guest came.

    portevoix invite move montreval i-3f9a12c04b7e sent
    """
    with _act(city_id, by) as act:
        move(act, invitation_id, to=cast("State", to))
