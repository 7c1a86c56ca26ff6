"""Verbs on relays: a guest's post, the permission of its author; none of them sends anything."""

from __future__ import annotations

__all__ = ["relay"]

from typing import Annotated, cast

import typer

from decisions.relays import State, all_relays, ask, drop, move
from operate.arguments import Author, By, City, account_of, acting, reading

relay = typer.Typer(no_args_is_help=True, help="Relays: posts passed on with permission.")


@relay.command("ask")
def relay_ask(city_id: City, occasion_id: str, author: Author, post_id: str, *, by: By) -> None:
    """Keep that you asked an author whether the city may relay a post.

    portevoix relay ask montreval o-3f9a12c04b7e mastodon:lou@saone.example POST_ID
    """
    with acting(city_id, by) as act:
        typer.echo(ask(act, occasion_id, account_of(author), post_id=post_id))


@relay.command("move")
def relay_move(
    city_id: City,
    relay_id: str,
    to: Annotated[str, typer.Argument(help="granted, refused, relayed or asked")],
    *,
    by: By,
) -> None:
    """Keep the author's answer, or that the post was relayed.

    portevoix relay move montreval r-3f9a12c04b7e granted
    """
    with acting(city_id, by) as act:
        move(act, relay_id, to=cast("State", to))


@relay.command("drop")
def relay_drop(city_id: City, relay_id: str, *, by: By) -> None:
    """Take back that an author was asked, when they were not.

    portevoix relay drop montreval r-3f9a12c04b7e
    """
    with acting(city_id, by) as act:
        drop(act, relay_id)


@relay.command("list")
def relay_list(city_id: City) -> None:
    """List the relays: id, occasion, state, author, post.

    portevoix relay list montreval
    """
    with reading(city_id) as session:
        for found in all_relays(session, city_id):
            named = f"{found.account.platform}:{found.account.author_id}"
            typer.echo(
                f"{found.relay_id}  {found.occasion_id}  {found.state}  {named}  {found.post_id}"
            )
