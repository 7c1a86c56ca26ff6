"""The verbs of the demo city: from nothing to its pages, a world, the proxy that plays it."""

from __future__ import annotations

__all__ = ["demo"]

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from cities.settings import load_settings

demo = typer.Typer(no_args_is_help=True, help="The demo city: a world, and a proxy that plays it.")
SAYS = Console(soft_wrap=True)


@demo.command("run")
def demo_run(size: Annotated[str, typer.Option(help="large, small or tiny")] = "small") -> None:
    """From nothing to the demo city's pages: two nights, a summary, the address.

    portevoix demo run
    """
    from operate.demo import run_demo  # noqa: PLC0415 - spares other verbs its imports
    from operate.serving import serve_pages  # noqa: PLC0415 - as above

    settings = load_settings()
    run_demo(settings, size=size, console=SAYS)
    serve_pages(settings, console=SAYS)


@demo.command("generate")
def demo_generate(
    world: Path,
    size: Annotated[str, typer.Option(help="large, small or tiny")] = "small",
    seed: int = 78,
) -> None:
    """Write a world folder.

    portevoix demo generate /tmp/world
    """
    from demo.generate import generate  # noqa: PLC0415 - spares other verbs its imports

    generate(world, size=size, seed=seed)
    SAYS.print(f"{world} is written; portevoix demo serve --world {world} plays it.")


@demo.command("serve")
def demo_serve(
    world: Annotated[Path, typer.Option(help="A world folder, see demo/README.md.")],
    port: int = 8077,
    now: datetime | None = None,
    limits: Annotated[str, typer.Option(help="world, generous or platform")] = "world",
) -> None:
    """Play the platforms from a world folder, on this machine alone, until Ctrl-C.

    portevoix demo serve --world /tmp/world
    """
    from operate.demo import play  # noqa: PLC0415 - spares other verbs its imports

    play(load_settings(), world, port=port, now=now, limits=limits, console=SAYS)


@demo.command("env")
def demo_env(port: int = 8077) -> None:
    """Print the variables that send any process to a demo proxy that runs.

    eval "$(portevoix demo env)"
    """
    from operate.demo import environment_lines  # noqa: PLC0415 - spares other verbs its imports

    for line in environment_lines(load_settings(), port=port):
        typer.echo(line)
