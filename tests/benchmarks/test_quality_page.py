"""QUALITY.md: each benchmark that can be run has its table, the others say what they lack."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.quality_page import Measured, Section, main, page, sections

SECTION = Section(
    "reach", "Reach", "benchmarks.reach", "About.", "--pairs", "pairs.csv",
    aims={"auc": ">= 0.865", "gap": "<= 0.1"}, details="^recall_",
)  # fmt: skip


def test_a_figure_stands_beside_its_aim_and_its_baselines() -> None:
    figures = {"auc": "0.87", "auc_by_followers": "0.83", "gap": "0.2", "recall_lens": "0.5"}
    found = page([Measured(SECTION, Path("x/pairs.csv"), figures, ["Learnt rows."])], "2026-11-24")
    assert "on 2026-11-24" in found
    assert "| auc | 0.87 | ≥ 0.865 | yes | followers 0.83 |" in found
    assert "| gap | 0.2 | ≤ 0.1 | **no** |  |" in found
    assert "recall_lens 0.5" in found.split("<details>")[1]
    assert "> Learnt rows." in found
    assert "`python -m benchmarks.reach --pairs benchmarks/data/pairs.csv`" in found


def test_what_is_not_at_hand_is_said() -> None:
    assert "Not measured: no file." in page([Measured(SECTION, None, lacks="no file")], "x")


def test_each_section_is_well_stated() -> None:
    for section in sections():
        assert bool(section.flag) == bool(section.file)
        assert {aim.split()[0] for aim in section.aims.values()} <= {">=", "<="}


def test_the_page_is_written_and_the_lines_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "QUALITY.md"
    main(["--date", "2026-11-24", "--only", "locations", "--output", str(output)])
    assert "right_of_all 0." in capsys.readouterr().out
    assert "| right_of_all | 0." in output.read_text(encoding="utf-8")
