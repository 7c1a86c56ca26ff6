"""One page of all figures of quality: `python -m benchmarks.quality_page --date 2026-11-24`.

Runs each command of `quality_page.yaml`, prints its `name value` lines under its name, and writes
`QUALITY.md`: a table a benchmark, with what is aimed at and the baselines of the same run. What
lacks its file is said to be missing; `--file reach=pairs.csv` brings one that is not ours to keep.
"""

from __future__ import annotations

__all__ = ["Measured", "Section", "main", "page", "sections"]

import argparse
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
LINE = re.compile(r"([a-z0-9_@.-]+) (-?[0-9.]+(?:e-?[0-9]+)?|nan)$")
# How the baselines of a figure are named: auc_by_followers, recall_baseline, baseline_auc.
BESIDE = re.compile(r"(?P<figure>.+)_(?P<way>by_\w+|baseline|tfidf|naive|theme_words)$")
BESIDE_FIRST = re.compile(r"(?P<way>baseline)_(?P<figure>.+)$")
SIGNS = {">=": "≥", "<=": "≤"}
INTRODUCTION = """# Quality, measured

Made by `make bench-quality` on {date}. Each figure is of the shipped models and rules; a baseline
is what a naive way gets on the same rows in the same run. Sets, origins and licences:
[data/README.md](data/README.md); how models were made: the cards in `scoring/models/`.
"""


@dataclass(frozen=True, slots=True)
class Section:
    """One benchmark of the page, as `quality_page.yaml` states it.

    `is_learnt`: the shipped model has learnt these rows, so that no aim is called met by them.
    """

    key: str
    title: str
    module: str
    about: str
    flag: str = ""
    file: str = ""
    options: Sequence[str] = ()
    aims: Mapping[str, str] = field(default_factory=dict)
    details: str = "^$"
    seed: int | None = None
    is_learnt: bool = False

    def command(self, path: Path | None) -> list[str]:
        """What follows `python -m`."""
        given = [self.flag, str(path)] if path else []
        return [self.module, *self.options, *given]


@dataclass(frozen=True, slots=True)
class Measured:
    """What a benchmark printed: figures by name, other lines; `lacks` says why there is none."""

    section: Section
    path: Path | None
    figures: Mapping[str, str] = field(default_factory=dict)
    remarks: Sequence[str] = ()
    lacks: str = ""


def sections() -> list[Section]:
    """All sections, in the order of the page."""
    stated: dict[str, Any] = yaml.safe_load((HERE / "quality_page.yaml").read_text("utf-8"))
    return [Section(key, **values) for key, values in stated.items()]


def measure(section: Section, path: Path | None) -> Measured:
    """Run one benchmark; its failure is ours."""
    if not find_spec(section.module):
        return Measured(section, path, lacks=f"`{section.module}` is not written yet")
    if path and not path.exists():
        return Measured(section, path, lacks=f"`{section.file}` is not at hand")
    done = subprocess.run(
        [sys.executable, "-m", *section.command(path)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{section.module} failed:\n{done.stderr[-2000:]}")
    lines = done.stdout.strip().splitlines()
    found = {match[1]: match[2] for line in lines if (match := LINE.match(line))}
    remarks = [line for line in lines if line and not LINE.match(line)]
    return Measured(section, path, found, remarks)


def page(measured: Sequence[Measured], date: str) -> str:
    """The page in Markdown."""
    parts = [INTRODUCTION.format(date=date), *("\n".join(_section(one)) for one in measured)]
    return "\n".join(parts) + "\n"


def _section(one: Measured) -> Iterator[str]:
    section = one.section
    yield f"## {section.title}\n"
    yield section.about + "\n"
    yield from (f"> {remark}\n" for remark in one.remarks)
    if one.lacks:
        yield f"Not measured: {one.lacks}.\n"
        return
    named = re.compile(section.details)
    first = {name: value for name, value in one.figures.items() if not named.match(name)}
    yield from _table(first, section.aims, is_learnt=section.is_learnt)
    if rest := {name: value for name, value in one.figures.items() if named.match(name)}:
        yield "<details><summary>Name by name</summary>\n"
        yield ", ".join(f"{name} {value}" for name, value in rest.items()) + "\n"
        yield "</details>\n"
    seed = f", world of seed {section.seed}" if section.seed is not None else ""
    shown = [
        part if part != str(one.path) else _shown(one.path) for part in section.command(one.path)
    ]
    yield f"`python -m {' '.join(shown)}`{seed}\n"


def _table(
    figures: Mapping[str, str], aims: Mapping[str, str], *, is_learnt: bool
) -> Iterator[str]:
    beside: dict[str, list[str]] = {}
    for name, value in figures.items():
        found = BESIDE.match(name) or BESIDE_FIRST.match(name)
        if found and found["figure"] in figures:
            way = found["way"].removeprefix("by_").replace("_", " ")
            beside.setdefault(found["figure"], []).append(f"{way} {value}")
    is_naive = {name for name in figures if _figure_of(name) in beside}
    yield "| figure | value | aim | met | baselines |\n|---|--:|---|---|---|"
    for name, value in figures.items():
        if name not in is_naive:
            sign, _, least = aims.get(name, "").partition(" ")
            aim = f"{SIGNS[sign]} {least}" if sign else ""
            met = _is_met(value, sign, least)
            if met == "yes" and is_learnt:
                met = "rows learnt"
            yield f"| {name} | {value} | {aim} | {met} | {', '.join(beside.get(name, []))} |"
    yield ""


def _figure_of(name: str) -> str:
    found = BESIDE.match(name) or BESIDE_FIRST.match(name)
    return found["figure"] if found else ""


def _is_met(value: str, sign: str, least: str) -> str:
    if not sign:
        return ""
    met = float(value) >= float(least) if sign == ">=" else float(value) <= float(least)
    return "yes" if met else "**no**"


def _shown(path: Path | None) -> str:
    """A path as another machine would have it."""
    return "" if path is None else f"{'build' if path.is_dir() else 'benchmarks/data'}/{path.name}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--date", required=True, help="the day, said by the caller")
    parser.add_argument("--worlds", type=Path, default=HERE.parent / "build")
    parser.add_argument("--file", action="append", default=[], metavar="SECTION=PATH")
    parser.add_argument("--only", nargs="*", metavar="SECTION")
    parser.add_argument("--output", type=Path, default=HERE / "QUALITY.md")
    options = parser.parse_args(arguments)
    given = {key: Path(path) for key, _, path in (one.partition("=") for one in options.file)}
    measured = []
    for section in sections():
        if options.only and section.key not in options.only:
            continue
        place = options.worlds if section.flag == "--world" else HERE / "data"
        path = given.get(section.key, place / section.file) if section.file else None
        measured.append(one := measure(section, path))
        print(f"# {section.key}")
        print("".join(f"{name} {value}\n" for name, value in one.figures.items()), end="")
    options.output.write_text(page(measured, options.date), encoding="utf-8")


if __name__ == "__main__":
    main()
