"""Verbs on occasions and their invitations; none of them sends anything."""

from __future__ import annotations

__all__ = ["invite", "occasion"]

from datetime import datetime
from typing import Annotated, cast

import typer

from cities.errors import PortevoixError
from decisions.invitations import State, choose, drop, move
from decisions.invitations import under_way as invitations_under_way
from decisions.occasions import Kind, Plan, close, open_occasion, reopen, withdraw
from decisions.occasions import under_way as occasions_under_way
from operate.arguments import Author, By, City, account_of, acting, reading

occasion = typer.Typer(no_args_is_help=True, help="Occasions: what residents are invited to.")
invite = typer.Typer(no_args_is_help=True, help="Invitations: who is asked, and the answer.")


@occasion.command("open")
def occasion_open(
    city_id: City,
    title: Annotated[str, typer.Argument(help="What it is called.")],
    *,
    kind: Annotated[str, typer.Option(help="opening, business or project")] = "project",
    opening: Annotated[str | None, typer.Option(help="The opening's id.")] = None,
    trade: Annotated[str | None, typer.Option(help="A trade, such as florist.")] = None,
    theme: Annotated[str | None, typer.Option(help="A theme, such as nature.")] = None,
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Its day, such as 2026-12-05.")
    ] = None,
    by: By,
) -> None:
    """Open an occasion; the next night proposes whom to invite.

    portevoix occasion open montreval "Fête du quai" --theme music --on 2026-12-05
    """
    plan = Plan(
        kind=cast("Kind", kind),
        title=title,
        opening_id=opening,
        trade=trade,
        theme=theme,
        held_on=on.date() if on else None,
    )
    with acting(city_id, by) as act:
        typer.echo(open_occasion(act, plan))


@occasion.command("business")
def occasion_business(
    city_id: City,
    title: Annotated[str, typer.Argument(help="Its name, as residents know it.")],
    *,
    trade: Annotated[str, typer.Option(help="A trade, such as florist.")],
    address: Annotated[str | None, typer.Option(help="Where it is.")] = None,
    handle: Annotated[str | None, typer.Option(help="Its account on a platform.")] = None,
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day of the occasion.")
    ] = None,
    by: By,
) -> None:
    """Open an occasion for a business already there.

    portevoix occasion business montreval "Chez Odile" --trade restaurant
    """
    plan = Plan(
        kind="business",
        title=title,
        trade=trade,
        address=address,
        handle=handle,
        held_on=on.date() if on else None,
    )
    with acting(city_id, by) as act:
        typer.echo(open_occasion(act, plan))


@occasion.command("project")
def occasion_project(city_id: City, project_id: str, *, by: By) -> None:
    """Open an occasion for a project of the city file, with its title and its day.

    portevoix occasion project montreval fete-des-jardins
    """
    with acting(city_id, by) as act:
        for project in act.folder.city().projects:
            if project.project_id == project_id:
                plan = Plan(
                    kind="project", title=project.title, project_id=project_id, held_on=project.on
                )
                typer.echo(open_occasion(act, plan))
                return
        raise PortevoixError(
            "project_id: the city file has no such project; write it under projects"
        )


@occasion.command("close")
def occasion_close(city_id: City, occasion_id: str, *, by: By) -> None:
    """Close an occasion.

    portevoix occasion close montreval o-3f9a12c04b7e
    """
    with acting(city_id, by) as act:
        close(act, occasion_id)


@occasion.command("reopen")
def occasion_reopen(city_id: City, occasion_id: str, *, by: By) -> None:
    """Take a closing back.

    portevoix occasion reopen montreval o-3f9a12c04b7e
    """
    with acting(city_id, by) as act:
        reopen(act, occasion_id)


@occasion.command("withdraw")
def occasion_withdraw(city_id: City, occasion_id: str, *, by: By) -> None:
    """Take an occasion back that has no guest yet; its opening is a candidate again.

    portevoix occasion withdraw montreval o-3f9a12c04b7e
    """
    with acting(city_id, by) as act:
        withdraw(act, occasion_id)


@occasion.command("list")
def occasion_list(city_id: City) -> None:
    """List the occasions under way: id, kind, day, title.

    portevoix occasion list montreval
    """
    with reading(city_id) as session:
        for found in occasions_under_way(session, city_id):
            typer.echo(f"{found.occasion_id}  {found.kind}  {found.on or '-'}  {found.title}")


@invite.command("list")
def invite_list(city_id: City) -> None:
    """List the invitations to the occasions under way: id, occasion, state, author.

    portevoix invite list montreval
    """
    with reading(city_id) as session:
        for found in invitations_under_way(session, city_id):
            named = f"{found.account.platform}:{found.account.author_id}"
            typer.echo(f"{found.invitation_id}  {found.occasion_id}  {found.state}  {named}")


@invite.command("choose")
def invite_choose(city_id: City, occasion_id: str, author: Author, *, by: By) -> None:
    """Choose a guest; nothing is sent.

    portevoix invite choose montreval o-3f9a12c04b7e mastodon:lou@saone.example
    """
    with acting(city_id, by) as act:
        typer.echo(choose(act, occasion_id, account_of(author)))


@invite.command("drop")
def invite_drop(city_id: City, invitation_id: str, *, by: By) -> None:
    """Take back a choice that was not sent.

    portevoix invite drop montreval i-3f9a12c04b7e
    """
    with acting(city_id, by) as act:
        drop(act, invitation_id)


@invite.command("move")
def invite_move(
    city_id: City,
    invitation_id: str,
    to: Annotated[str, typer.Argument(help="sent, accepted, declined or came")],
    *,
    by: By,
) -> None:
    """Keep that an invitation was sent (to a member), accepted, declined, or that the guest came.

    portevoix invite move montreval i-3f9a12c04b7e sent
    """
    with acting(city_id, by) as act:
        move(act, invitation_id, to=cast("State", to))
