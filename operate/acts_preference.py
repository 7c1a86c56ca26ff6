"""Verbs on preferences, and on the weights of the rankings that they teach."""

from __future__ import annotations

__all__ = ["prefer", "preference", "weights"]

from typing import Annotated

import typer

from cities.folder import CityFolder
from cities.settings import load_settings
from decisions import weights as weight_acts
from decisions.preferences import all_preferences, withdraw
from decisions.preferences import prefer as prefer_author
from operate.arguments import Author, By, City, account_of, acting, reading
from operate.errors import OperateError
from review.snapshot import Row, Snapshots

prefer = typer.Typer(no_args_is_help=True)
preference = typer.Typer(no_args_is_help=True, help="Preferences: whom analysts would rather ask.")
weights = typer.Typer(no_args_is_help=True, help="Weights of the rankings, learnt and accepted.")
PreferenceId = Annotated[str, typer.Argument(help="As `preference list` prints it.")]


@prefer.command("prefer")
def prefer_(
    city_id: City,
    author: Author,
    other: Author,
    *,
    theme: Annotated[str, typer.Option(help="A theme; overall if none.")] = "",
    by: By,
) -> None:
    """Keep that you would rather ask one author than another: the weights learn from it.

    portevoix prefer montreval mastodon:lou@saone.example mastodon:zoe@halle.example
    """
    with acting(city_id, by) as act:
        typer.echo(prefer_author(act, account_of(author), account_of(other), theme=theme))


@preference.command("list")
def preference_list(city_id: City) -> None:
    """List the preferences, the newest first: id, who is preferred, to whom, theme.

    portevoix preference list montreval
    """
    with reading(city_id) as session:
        for row in all_preferences(session, city_id):
            sides = (f"{one.platform}:{one.author_id}" for one in (row.preferred, row.other))
            typer.echo("  ".join((row.preference_id, *sides, row.theme or "-")))


@preference.command("withdraw")
def preference_withdraw(city_id: City, preference_id: PreferenceId, *, by: By) -> None:
    """Take a preference back: no later night learns from it.

    portevoix preference withdraw montreval p-3f9a12c04b7e
    """
    with acting(city_id, by) as act:
        withdraw(act, preference_id)


@weights.command("show")
def weights_show(city_id: City) -> None:
    """Tell the weights of the city, in use and proposed, and what stands behind the proposal.

    portevoix weights show montreval
    """
    proposal, rows = _published(load_settings().home.folder(city_id))
    with reading(city_id) as session:
        accepted = weight_acts.accepted(session, city_id)
    for row in rows:
        values = (row["city"], row["now"], row["proposed"])
        city, now, proposed = ("-" if value is None else f"{value:.3f}" for value in values)
        typer.echo(f"{row['name']}  city {city}  in use {now}  proposed {proposed}")
    typer.echo(f"{proposal['count_used']} of {proposal['count_wanted']} preferences can teach")
    if proposal["accuracy"] is not None:
        typer.echo(
            f"told right, unseen: {proposal['accuracy']:.2f}"
            f" ({proposal['accuracy_low']:.2f} to {proposal['accuracy_high']:.2f});"
            f" by the weights in use then: {proposal['accuracy_now']:.2f}"
        )
    if proposal["state"] == "proposed":
        typer.echo(f"proposed: {proposal['proposal_id']}")
    typer.echo(f"accepted: {accepted.proposal_id if accepted else 'none'}")


@weights.command("accept")
def weights_accept(
    city_id: City,
    proposal_id: Annotated[str, typer.Argument(help="As `weights show` prints it.")],
    *,
    by: By,
) -> None:
    """Accept the proposed weights: they rank from the next night on, until put back.

    portevoix weights accept montreval w-3f9a12c04b7e
    """
    proposal, rows = _published(load_settings().home.folder(city_id))
    if (proposal["proposal_id"], proposal["state"]) != (proposal_id, "proposed"):
        raise OperateError(
            f"proposal_id: the last night proposes no such weights; see `weights show {city_id}`"
        )
    proposed: dict[str, float] = {row["name"]: row["proposed"] for row in rows}
    with acting(city_id, by) as act:
        weight_acts.accept(act, proposal_id, **proposed)


@weights.command("put-back")
def weights_put_back(city_id: City, *, by: By) -> None:
    """Give the weights back to the city file, from the next night on.

    portevoix weights put-back montreval
    """
    with acting(city_id, by) as act:
        weight_acts.put_back(act)


def _published(folder: CityFolder) -> tuple[Row, list[Row]]:
    """The proposal of the newest night, and the weights."""
    folder.city()
    snapshot = Snapshots().newest(folder)
    found = snapshot.rows("weight_proposal")
    if not found:
        raise OperateError(f"{folder.city_id}: no night has looked at preferences; run one more")
    return found[0], snapshot.rows("weights")
