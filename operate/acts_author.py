"""Verbs on an author: an analyst's word, an objection, a letter that the city wrote."""

from __future__ import annotations

__all__ = ["author", "correction"]

from typing import Annotated

import typer

from decisions.contacts import record_contact
from decisions.corrections import all_corrections, withdraw
from decisions.corrections import correct as correct_author
from decisions.objections import block
from operate.arguments import Author, By, City, account_of, acting, reading

author = typer.Typer(no_args_is_help=True)
correction = typer.Typer(no_args_is_help=True, help="Corrections: analysts' words that stand.")


@author.command("correct")
def correct(
    city_id: City,
    author: Author,
    subject: Annotated[str, typer.Argument(help="residency, account_type, theme or team")],
    value: Annotated[str, typer.Argument(help="not_resident, business, wine, …")],
    *,
    reason: Annotated[str, typer.Option(help="said, known, elsewhere, misread, asked")] = "known",
    by: By,
) -> None:
    """Correct a score: an analyst's word is stronger, from the next night on.

    portevoix correct montreval mastodon:lou@saone.example residency not_resident
    """
    with acting(city_id, by) as act:
        correct_author(act, account_of(author), subject=subject, value=value, reason=reason)


@author.command("object")
def object_(city_id: City, author: Author, *, by: By) -> None:
    """An author objects: gone from the pages at once, never collected again.

    portevoix object montreval mastodon:lou@saone.example
    """
    with acting(city_id, by) as act:
        block(act, account_of(author))


@author.command("contact")
def contact(city_id: City, author: Author, *, by: By) -> None:
    """Keep that the city wrote to somebody today, by hand: nobody is asked too often.

    portevoix contact montreval mastodon:lou@saone.example
    """
    with acting(city_id, by) as act:
        typer.echo(record_contact(act, account_of(author)))


@correction.command("list")
def correction_list(city_id: City) -> None:
    """List the corrections that stand: id, author, subject, value.

    portevoix correction list montreval
    """
    with reading(city_id) as session:
        for row in all_corrections(session, city_id):
            named = f"{row.platform}:{row.author_id}"
            typer.echo(f"{row.correction_id}  {named}  {row.subject}  {row.value}")


@correction.command("withdraw")
def correction_withdraw(city_id: City, correction_id: str, *, by: By) -> None:
    """Take a correction back: the score counts again from the next night on.

    portevoix correction withdraw montreval c-3f9a12c04b7e
    """
    with acting(city_id, by) as act:
        withdraw(act, correction_id)
