"""The command line: every verb has help with an example; a mistake is one sentence and code 2."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

import portevoix
from cities.brief import Account
from cities.errors import PortevoixError
from cities.folder import Home
from operate.arguments import account_of
from tests.constants import ROOT


def commands(command: Any, path: tuple[str, ...] = ("portevoix",)) -> Iterator[tuple[str, Any]]:
    """All verbs with their path: Typer's groups are no subclass of the public click's."""
    children = getattr(command, "commands", None)
    if children is None:
        yield " ".join(path), command
        return
    for name, child in children.items():
        yield from commands(child, (*path, name))


VERBS = dict(commands(typer.main.get_command(portevoix.app)))


def say(home: Home, *arguments: str) -> subprocess.CompletedProcess[str]:
    """One verb, in a child."""
    return subprocess.run(
        [sys.executable, "-m", "portevoix", *arguments],
        env={**os.environ, "PORTEVOIX_DATA": str(home.root)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_issue_s_verbs_are_there() -> None:
    wanted = "init check nightly up serve summary erase backup restore correct object"
    assert {f"portevoix {verb}" for verb in wanted.split()} <= set(VERBS)
    assert {"portevoix demo serve", "portevoix demo env", "portevoix member add"} <= set(VERBS)


@pytest.mark.parametrize("path", sorted(VERBS))
def test_each_verb_has_help_with_an_example(path: str) -> None:
    text = VERBS[path].help or ""
    assert text.strip().splitlines()[0].endswith(".")
    assert path in text.split("\n\n", 1)[1]


def test_init_then_a_mistake_in_the_city_file(home: Home) -> None:
    done = say(home, "init", "Aix-en-Provence")
    assert done.returncode == 0, done.stderr
    city_file = home.folder("aix-en-provence").city_file
    city_file.write_text(city_file.read_text() + "\nmembres: 3\n")
    done = say(home, "check", "aix-en-provence")
    assert done.returncode == 2
    assert "membres" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("init", "Montréval"),
        ("check", "nowhere"),
        ("summary", "nowhere"),
        ("object", "nowhere", "mastodon:lou@saone.example"),
        ("erase", "nowhere", "mastodon:@@"),
        ("restore", "/nowhere"),
        ("member", "list", "nowhere"),
        ("occasion", "list", "nowhere"),
        ("correction", "list", "nowhere"),
        ("rule", "list", "nowhere"),
    ],
    ids=" ".join,
)
def test_a_mistake_is_one_sentence(home: Home, arguments: tuple[str, ...]) -> None:
    done = say(home, *arguments)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("typed", ["Mastodon:@Lou@Saone.example", " mastodon:lou@saone.example "])
def test_an_author_is_read_under_its_natural_key(typed: str) -> None:
    assert account_of(typed) == Account(platform="mastodon", author_id="lou@saone.example")


@pytest.mark.parametrize(
    "typed", ["", ":", "mastodon:", "mastodon:@", "fax:lou@a.b", "mastodon:" + "a" * 600 + "@a.b"]
)
def test_what_is_no_author_is_one_sentence(typed: str) -> None:
    with pytest.raises(PortevoixError):
        account_of(typed)


def test_demo_env_prints_lines_for_a_shell(home: Home) -> None:
    done = say(home, "demo", "env", "--port", "9000")
    lines = dict(line.removeprefix("export ").split("=", 1) for line in done.stdout.splitlines())
    assert lines["HTTPS_PROXY"] == "http://127.0.0.1:9000"
    assert Path(lines["SSL_CERT_FILE"]).name == "ca.pem"


def test_pages_are_refused_to_other_machines(home: Home) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "portevoix", "serve"],
        env={**os.environ, "PORTEVOIX_DATA": str(home.root), "PORTEVOIX_HOST": "0.0.0.0"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "write 127.0.0.1" in done.stderr
