"""Verbs on openings: a register's opening is a candidate until a person confirms it."""

from __future__ import annotations

__all__ = ["opening"]

from datetime import datetime
from typing import Annotated

import typer

from decisions.occasions import Plan, open_occasion
from decisions.occasions_aside import all_aside, set_aside, take_back
from operate.arguments import By, City, acting, reading

opening = typer.Typer(no_args_is_help=True, help="Openings: confirmed, or set aside.")
OpeningId = Annotated[str, typer.Argument(help="The opening's id, as in its page's address.")]


@opening.command("confirm")
def opening_confirm(
    city_id: City,
    opening_id: OpeningId,
    title: Annotated[str, typer.Argument(help="Its name, as residents know it.")],
    *,
    trade: Annotated[str | None, typer.Option(help="A trade, such as florist.")] = None,
    handle: Annotated[str | None, typer.Option(help="Its account on a platform.")] = None,
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day of the occasion.")
    ] = None,
    by: By,
) -> None:
    """Confirm that an opening is a shop that receives the public: guests can be chosen.

    portevoix opening confirm montreval A20260001 "Aux Cardons" --on 2026-12-05
    """
    plan = Plan(
        kind="opening",
        title=title,
        opening_id=opening_id,
        trade=trade,
        handle=handle,
        held_on=on.date() if on else None,
    )
    with acting(city_id, by) as act:
        typer.echo(open_occasion(act, plan))


@opening.command("set-aside")
def opening_set_aside(
    city_id: City,
    opening_id: OpeningId,
    *,
    reason: Annotated[
        str, typer.Option(help="head_office, at_home, no_public, known, closed, asked")
    ],
    by: By,
) -> None:
    """Set an opening aside: nobody is proposed for it any more.

    portevoix opening set-aside montreval A20260001 --reason head_office
    """
    with acting(city_id, by) as act:
        set_aside(act, opening_id, reason=reason)


@opening.command("take-back")
def opening_take_back(city_id: City, opening_id: OpeningId, *, by: By) -> None:
    """Make an opening that was set aside a candidate again.

    portevoix opening take-back montreval A20260001
    """
    with acting(city_id, by) as act:
        take_back(act, opening_id)


@opening.command("list")
def opening_list(city_id: City) -> None:
    """List the openings set aside: id, reason. Those confirmed are in `occasion list`.

    portevoix opening list montreval
    """
    with reading(city_id) as session:
        for opening_id, reason in all_aside(session, city_id).items():
            typer.echo(f"{opening_id}  {reason}")
