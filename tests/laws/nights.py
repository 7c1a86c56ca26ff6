"""Nights by the run functions alone, without Airflow: what the laws are tried on.

Children come from a fork server that has the rooms imported already, so that a kill falls into
the work and not into an import.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path

import collectors.run
import decisions.brief
import outreach.run
import scoring.run
import warehouse.load
import warehouse.publish
from cities.folder import CityFolder, Home
from cities.settings import Settings
from demo.serve import Proxy

KEY = "k" * 64


@dataclass(frozen=True, slots=True)
class Stage:
    """A home folder and the variables that send its nights to the demo proxy."""

    home: Home
    environment: Mapping[str, str]

    @property
    def folder(self) -> CityFolder:
        """The demo city's folder."""
        return self.home.folder("montreval")

    @property
    def settings(self) -> Settings:
        """The settings of its nights."""
        return settings_of(self.home.root)

    def copy(self, root: Path) -> Stage:
        """The same stage on a copy of the home folder."""
        shutil.copytree(self.home.root, root)
        return Stage(Home(root), self.environment)


def settings_of(root: Path) -> Settings:
    """Settings with a known key, so that two homes can be compared."""
    return Settings(data=root, hash_key=KEY, contact="dpo@montreval.example")


def new_stage(root: Path, proxy: Proxy, *, city_file: str = "") -> Stage:
    """A home folder with the demo city of the proxy's world, and no night yet."""
    stage = Stage(Home(root), proxy.environment)
    stage.folder.make()
    stage.folder.city_file.write_text(city_file or proxy.city_file, encoding="utf-8")
    return stage


def run_night(stage: Stage, as_of: datetime) -> None:
    """One whole night in a child; fails the test when the child fails."""
    child = start_night(stage, as_of)
    child.join()
    assert child.exitcode == 0


def start_night(stage: Stage, as_of: datetime) -> ForkServerProcess:
    """Start one night in a child of its own, to be joined or killed."""
    arguments = (stage.home.root, as_of, dict(stage.environment))
    child = _server().Process(target=night, args=arguments)
    child.start()
    return child


def night(root: Path, as_of: datetime, environment: Mapping[str, str]) -> None:
    """The steps of a night, in order, in this process."""
    os.environ.update(environment)
    settings = settings_of(root)
    folder = Home(root).folder("montreval")
    decisions.brief.write_brief(folder, as_of, settings=settings)
    for source in folder.city().sources:
        collectors.run.collect(folder, source.source_id, as_of, settings=settings)
    warehouse.load.load(folder, as_of, settings=settings)
    scoring.run.score(folder, as_of)
    outreach.run.propose(folder, as_of)
    warehouse.publish.publish(folder, as_of, settings=settings)


def _server() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.warm", "tests.laws.nights"])
    return context
