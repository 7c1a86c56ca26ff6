"""The command line of Portevoix: one short function a verb, each calls a run function."""

from __future__ import annotations

__all__ = ["app", "main"]

import logging
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from cities.errors import PortevoixError
from cities.founding import found_city
from cities.settings import load_settings
from collectors.check import check as check_source
from operate.acts import acts
from operate.acts_demo import demo
from operate.arguments import Author, By, City, Language, account_of

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
app.add_typer(acts)
app.add_typer(demo, name="demo")
SAYS = Console(soft_wrap=True)
ROOMS = ("cities", "collectors", "warehouse", "scoring", "decisions", "outreach", "operate")


@app.callback()
def start() -> None:
    """Portevoix finds a city's most active residents, and puts their voice at its service."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(logging.Formatter("  %(message)s"))
    for room in ROOMS:
        logger = logging.getLogger(room)
        logger.setLevel(logging.INFO)
        logger.handlers = [handler]
        logger.propagate = False


@app.command()
def init(name: Annotated[str, typer.Argument(help="The commune's name or INSEE code.")]) -> None:
    """Write a city's folder from the official list; sources without key are on.

    portevoix init "Aix-en-Provence"
    """
    folder = found_city(load_settings().home, name)
    SAYS.print(f"{folder.city_file} is written. Next: portevoix check {folder.city_id}")


@app.command()
def check(city_id: City) -> None:
    """Say, source by source, whether it works or what to mend.

    portevoix check aix-en-provence
    """
    settings = load_settings()
    folder = settings.home.folder(city_id)
    results = [
        check_source(folder, source.source_id, settings=settings, as_of=datetime.now(UTC))
        for source in folder.city().sources
    ]
    for result in results:
        mark = "✓" if result.is_working else "–" if result.is_off else "✗"
        SAYS.print(f"{mark} {result.sentence}")
    if not all(result.is_working or result.is_off for result in results):
        raise typer.Exit(1)


@app.command()
def nightly(
    city_id: City,
    as_of: Annotated[datetime | None, typer.Option(help="The night's moment; now if none.")] = None,
) -> None:
    """Run one night in this process, by the city's own DAG; fails when the night failed.

    portevoix nightly aix-en-provence
    """
    from operate.night import run_night  # noqa: PLC0415 - spares other verbs its imports

    settings = load_settings()
    moment = as_of.replace(tzinfo=as_of.tzinfo or UTC) if as_of else datetime.now(UTC)
    folder = settings.home.folder(city_id)
    with SAYS.status(f"{city_id}: collecting, loading, scoring, proposing, publishing…"):
        run_night(folder, moment.replace(microsecond=0), settings=settings)
    SAYS.print(f"{city_id}: the night of {moment:%Y-%m-%d %H:%M} UTC is published.")


@app.command()
def rescore(city_id: City) -> None:
    """Read anew, at once, all posts that an earlier model read; killed, it goes on when run again.

    portevoix rescore montreval
    """
    from operate.rescoring import rescore_all  # noqa: PLC0415 - spares other verbs its imports

    rescore_all(load_settings().home.folder(city_id), console=SAYS)


@app.command("import")
def import_file(
    city_id: City,
    file: Path,
    *,
    map_name: Annotated[str, typer.Option("--map", help="A map: a path, or minet, 4cat, twarc.")],
    source: Annotated[str, typer.Option(help="The source, where the city has several.")] = "",
    night: Annotated[bool, typer.Option("--night", help="Run the night at once.")] = False,
) -> None:
    """Bring in a file that another tool exported, by a map of its columns.

    portevoix import montreval posts.csv --map minet
    """
    from operate.importing import Importer, import_source, lines_of  # noqa: PLC0415 - as above

    settings = load_settings()
    folder, moment = settings.home.folder(city_id), datetime.now(UTC).replace(microsecond=0)
    importer = Importer(folder, import_source(folder.city(), source), settings, SAYS)
    outcome = importer.bring_in(file, map_name, moment)
    for line in lines_of(outcome):
        SAYS.print(line, markup=False, highlight=False)
    if outcome.state != "done":
        raise typer.Exit(1)
    if night:
        nightly(city_id, moment)
    else:
        SAYS.print(f"Next: portevoix nightly {city_id} ranks them with all the rest.")


@app.command()
def serve() -> None:
    """Serve the pages on this machine until Ctrl-C.

    portevoix serve
    """
    from operate.serving import serve_pages  # noqa: PLC0415 - spares other verbs its imports

    serve_pages(load_settings(), console=SAYS)


@app.command()
def up() -> None:
    """Run Airflow and the pages for an operator, on this machine alone, until Ctrl-C.

    portevoix up
    """
    from operate.standing import stand_up  # noqa: PLC0415 - spares other verbs its imports

    settings = load_settings()
    signal.signal(signal.SIGTERM, _end)
    with stand_up(settings) as address:
        passwords = settings.home.airflow / "simple_auth_manager_passwords.json.generated"
        SAYS.print(f"Airflow: {address} in half a minute (user admin, password in {passwords})")
        serve()


@app.command()
def summary(city_id: City) -> None:
    """Tell the last night in words that a mayor could read.

    portevoix summary montreval
    """
    from operate.summary import tell  # noqa: PLC0415 - spares other verbs its imports

    settings = load_settings()
    tell(settings.home.folder(city_id), settings, console=SAYS)


@app.command()
def explain(
    city_id: City,
    author: Author,
    *,
    language: Annotated[Language, typer.Option("--language", help="fr or en")] = "fr",
) -> None:
    """Tell why an author has each of their scores: what weighed, and how much.

    portevoix explain montreval mastodon:lou@saone.example
    """
    from operate.explaining import explain_author  # noqa: PLC0415 - spares other verbs its imports

    settings = load_settings()
    folder = settings.home.folder(city_id)
    folder.city()
    explain_author(folder, account_of(author), settings=settings, console=SAYS, language=language)


@app.command()
def erase(city_id: City, author: Author, *, by: By) -> None:
    """Erase an author from every store, block them, and print the proof.

    portevoix erase montreval mastodon:lou@saone.example
    """
    from outreach.rights import erase as erase_author  # noqa: PLC0415 - spares other verbs

    settings = load_settings()
    folder = settings.home.folder(city_id)
    folder.city()
    proof = erase_author(
        folder, account_of(author), settings=settings, actor=by, at=datetime.now(UTC)
    )
    for line in proof.lines():
        SAYS.print(line, markup=False, highlight=False)


@app.command()
def backup(directory: Path) -> None:
    """Copy the home folder to DIRECTORY while nothing writes.

    portevoix backup /var/backups
    """
    from operate.backup import back_up, contents  # noqa: PLC0415 - spares other verbs its imports

    settings = load_settings()
    made = back_up(settings.home, directory, at=datetime.now(UTC))
    SAYS.print(f"{made} is made.")
    for line in contents(settings, made):
        SAYS.print(f"  {line}")


@app.command()
def restore(directory: Path) -> None:
    """Put a backup in the place of the home folder; the former one is kept beside it.

    portevoix restore /var/backups/portevoix-20261117T013000Z
    """
    from operate.restore import restore as restore_home  # noqa: PLC0415 - spares other verbs

    done = restore_home(load_settings(), directory, at=datetime.now(UTC))
    for line in done.lines():
        SAYS.print(line)


def _end(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def main() -> None:
    """Run a verb; a mistake of the user is one sentence on standard error and exit code 2."""
    try:
        app()
    except PortevoixError as error:
        Console(stderr=True, soft_wrap=True).print(str(error), markup=False, highlight=False)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
