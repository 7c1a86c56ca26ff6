"""The notebook on small nights: a kernel of its own runs it, and its figures are drawn."""

from __future__ import annotations

import ast
import random
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from traitlets.config import Config

from cities.brief import Account
from cities.folder import CityFolder
from cities.settings import Settings, child_environment
from decisions.objections import block
from decisions.store import open_store
from tests.review.snapshots import AS_OF, KEY, Night, account_of, name_of, night

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "explore_topics.ipynb"
SUBJECTS = (
    ("marché", "fromage", "boulangerie", "pain", "terroir", "étal", "cardons"),
    ("concert", "jazz", "fanfare", "saxophone", "scène", "rappel", "guitare"),
    ("match", "stade", "entraînement", "course", "victoire", "maillot", "ballon"),
    ("jardin", "huppe", "balade", "oiseaux", "fleurs", "rivière", "saules"),
)
OBJECTS = "p01"
Run = Callable[[], list[Any]]


@pytest.fixture
def run(settings: Settings, folder: CityFolder, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Executes the notebook on the city's folder; gives all outputs. No cell may fail.

    The kernel is reached by files (`ipc`): it opens no port. What it would keep goes to a folder
    of the test; a socket's path has a hundred characters at most, so that folder's is short.
    """
    place = tmp_path_factory.mktemp("kernel")

    def execute() -> list[Any]:
        notebook = _notebook()
        files = {"transport": "ipc", "connection_file": str(place / "kernel.json")}
        client = NotebookClient(
            notebook,
            timeout=240,
            resources={"metadata": {"path": str(place)}},
            config=Config({"ConnectionFileMixin": files}),
        )
        variables = {
            "PORTEVOIX_DATA": str(settings.home.root),
            "PORTEVOIX_HASH_KEY": KEY,
            "IPYTHONDIR": str(place),
        }
        client.execute(env=child_environment(variables))
        return [output for cell in notebook.cells for output in cell.get("outputs", ())]

    return execute


@pytest.mark.slow
def test_a_night_is_drawn(run: Run, folder: CityFolder, settings: Settings) -> None:
    made = night()
    made.tables["posts"] = _posts_of_four_subjects(made)
    made.write(folder.snapshot_file(AS_OF))
    with open_store(settings) as store, store.act("montreval", actor="dpo", at=AS_OF) as act:
        platform, author_id = account_of(OBJECTS)
        block(act, Account(platform=platform, author_id=author_id))
    outputs = run()
    said = _words(outputs)
    assert _count_figures(outputs) == 4
    assert "publications de 59 habitants" in said
    assert re.search(r"\bfromage\b", said)
    assert re.search(r"\bsaxophone\b", said)
    assert not [p for p in _people() if p in said]
    links = re.findall(r'href="(https://[^"]+)"', _raw(outputs))
    assert len(links) >= 6
    assert not [link for link in links if f"@{OBJECTS}/" in link]


@pytest.mark.slow
def test_a_city_whose_ranking_is_closed_shows_volumes(run: Run, folder: CityFolder) -> None:
    night(is_open=False).write(folder.snapshot_file(AS_OF))
    outputs = run()
    said = _words(outputs)
    assert _count_figures(outputs) == 2
    assert "le classement n’est pas ouvert" in said
    assert "aucune publication d’habitants" in said


@pytest.mark.slow
def test_few_posts_and_no_volume_are_said(run: Run, folder: CityFolder) -> None:
    made = night()
    made.tables["posts"] = made.tables["posts"][:9]
    made.tables["volumes"] = []
    made.write(folder.snapshot_file(AS_OF))
    outputs = run()
    said = _words(outputs)
    assert _count_figures(outputs) == 0
    assert "trop peu de mots communs" in said
    assert "Aucun volume publié" in said


def test_nothing_is_defined_or_kept() -> None:
    notebook = _notebook()
    assert notebook.metadata["kernelspec"] == {
        "display_name": "Python 3",
        "language": "python",
        "name": "python3",
    }
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert not [cell.id for cell in code if cell.outputs or cell.execution_count]
    defined = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    nodes = [node for cell in code for node in ast.walk(ast.parse(cell.source))]
    assert not [node for node in nodes if isinstance(node, defined)]
    stripper = [sys.executable, "-m", "nbstripout", "--verify", str(NOTEBOOK)]
    assert subprocess.run(stripper, check=False).returncode == 0


def _notebook() -> Any:
    text = NOTEBOOK.read_text(encoding="utf-8")
    return nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]  # nbformat's own gap


def _posts_of_four_subjects(made: Night) -> list[tuple[object, ...]]:
    """The night's posts with other texts: each person has a subject, and strays now and then."""
    draw = random.Random(5)
    posts = []
    for person, platform, post_id, author_id, url, _, *rest in made.tables["posts"]:
        number = int(str(person)[1:]) if draw.random() < 0.8 else draw.randrange(4)
        words = [*draw.sample(SUBJECTS[number % 4], 3), draw.choice(draw.choice(SUBJECTS))]
        text = f"Encore {' '.join(words)} avec @{author_id} {url} #montreval"
        posts.append((person, platform, post_id, author_id, url, text, *rest))
    return posts


def _people() -> list[str]:
    """Handles and names that must never be shown."""
    people = [f"p{number:02d}" for number in range(1, 61)]
    return [account_of(p)[1] for p in people] + [name_of(p) for p in people]


def _raw(outputs: list[Any]) -> str:
    """Every text among the outputs; a warning or an error would be one, so none may come."""
    assert {output.output_type for output in outputs} == {"display_data"}
    parts = [output.data for output in outputs]
    return "\n".join(p.get("text/html") or p.get("text/markdown") or "" for p in parts)


def _words(outputs: list[Any]) -> str:
    """What a reader sees of those texts: no markup, no address behind a link."""
    return re.sub(r"<[^>]*>", "", _raw(outputs))


def _count_figures(outputs: list[Any]) -> int:
    return sum("image/png" in output.get("data", {}) for output in outputs)
