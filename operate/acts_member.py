"""Verbs on members: people who said yes."""

from __future__ import annotations

__all__ = ["member"]

from typing import Annotated

import typer

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
from operate.arguments import Author, By, City, account_of, acting, reading

member = typer.Typer(no_args_is_help=True, help="Members: people who said yes.")
MemberId = Annotated[str, typer.Argument(help="The member's id, such as m-3f9a12c04b7e.")]


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
    with acting(city_id, by) as act:
        member_id = add(act, Agreement(consent, act.at), display_name=name)
        link(act, member_id, account_of(author))
    typer.echo(member_id)


@member.command("link")
def member_link(city_id: City, member_id: MemberId, author: Author, *, by: By) -> None:
    """Link another account that the member says is theirs.

    portevoix member link montreval m-3f9a12c04b7e mastodon:lou@halle.example
    """
    with acting(city_id, by) as act:
        link(act, member_id, account_of(author))


@member.command("unlink")
def member_unlink(city_id: City, member_id: MemberId, author: Author, *, by: By) -> None:
    """Unlink an account.

    portevoix member unlink montreval m-3f9a12c04b7e mastodon:lou@halle.example
    """
    with acting(city_id, by) as act:
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
    with acting(city_id, by) as act:
        declare_residency(act, member_id, is_resident=lives_here)


@member.command("themes")
def member_themes(city_id: City, member_id: MemberId, themes: list[str], *, by: By) -> None:
    """Keep the themes that the member chose.

    portevoix member themes montreval m-3f9a12c04b7e wine music
    """
    with acting(city_id, by) as act:
        choose_themes(act, member_id, themes)


@member.command("leave")
def member_leave(city_id: City, member_id: MemberId, *, by: By) -> None:
    """The member withdraws: consent, accounts, all that was kept of them as a member.

    portevoix member leave montreval m-3f9a12c04b7e
    """
    with acting(city_id, by) as act:
        leave(act, member_id)


@member.command("list")
def member_list(city_id: City) -> None:
    """List the members' ids, with how many accounts each has linked.

    portevoix member list montreval
    """
    with reading(city_id) as session:
        for found in all_members(session, city_id):
            typer.echo(f"{found.member_id}  {found.joined_at:%Y-%m-%d}  {len(found.accounts)}")
