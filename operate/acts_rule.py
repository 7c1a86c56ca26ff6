"""Verbs on rules: numbers of the city file that people set otherwise."""

from __future__ import annotations

__all__ = ["rule"]

from typing import Annotated

import typer

from cities.settings import load_settings
from decisions.rules import all_rules, change, reset
from operate.arguments import By, City, acting, reading

rule = typer.Typer(no_args_is_help=True, help="Rules: numbers set otherwise than the city file.")
Name = Annotated[str, typer.Argument(help="block.field, such as team.size")]


@rule.command("set")
def rule_set(city_id: City, name: Name, value: float, *, by: By) -> None:
    """Set a number of ranking, team or retention, from the next night on.

    portevoix rule set montreval team.size 10
    """
    city = load_settings().home.folder(city_id).city()
    with acting(city_id, by) as act:
        change(act, city, rule=name, value=int(value) if value.is_integer() else value)


@rule.command("reset")
def rule_reset(city_id: City, name: Name, *, by: By) -> None:
    """Give a number back to the city file.

    portevoix rule reset montreval team.size
    """
    with acting(city_id, by) as act:
        reset(act, rule=name)


@rule.command("list")
def rule_list(city_id: City) -> None:
    """List the numbers that are set otherwise than the city file.

    portevoix rule list montreval
    """
    with reading(city_id) as session:
        for block, fields in all_rules(session, city_id).items():
            for field, value in fields.items():
                typer.echo(f"{block}.{field}  {value}")
