"""Both errors of the account type, calibration and sums of evidence, against a world's truth."""

from __future__ import annotations

__all__ = ["of_truth"]

from pathlib import Path

from sklearn.metrics import f1_score

from benchmarks.calibration import calibration_error
from benchmarks.quality_scores import Figures
from cities.folder import CityFolder
from demo.truth import TrueAuthor, read_truth
from warehouse.connection import open_warehouse

TYPES = ("person", "business", "association", "institution", "media", "automated")


def of_truth(world: Path, folder: CityFolder) -> Figures:
    """Figures of a scored world."""
    truth = read_truth(world)
    authors = {(a.platform, a.author_id): a for a in truth.authors}
    posts = {(p.platform, p.post_id): p.is_about_city for p in truth.posts}
    with open_warehouse(folder, read_only=True) as connection:
        read = connection.execute(
            "select platform, author_id, score, value, label from author_scores"
            " where score in ('account_type', 'residency') order by all"
        ).fetchall()
        relevance = connection.execute(
            "select platform, post_id, relevance from post_relevance order by all"
        ).fetchall()
        gap = connection.execute(
            "select max(abs(total - list_sum(list_transform(evidence,"
            " lambda c: c.contribution)))) from author_scores"
        ).fetchone()
    types = [(authors[p, a], value, label) for p, a, s, value, label in read if s == "account_type"]
    homes = [(authors[p, a], value) for p, a, s, value, _ in read if s == "residency"]
    people = [(author, value) for author, value in homes if author.account_type == "person"]
    known = [(posts[p, i], value) for p, i, value in relevance if (p, i) in posts]
    return {
        **_of_types([(author, label) for author, _, label in types]),
        "ece_person": calibration_error(
            [author.account_type == "person" for author, *_ in types], [v for _, v, _ in types]
        ),
        "ece_residency": calibration_error(
            [a.is_resident for a, _ in people], [v for _, v in people]
        ),
        "ece_relevance": calibration_error(
            [is_true for is_true, _ in known], [v for _, v in known]
        ),
        "evidence_gap": float((gap or (0.0,))[0] or 0.0),
    }


def _of_types(found: list[tuple[TrueAuthor, str]]) -> Figures:
    true = [author.account_type for author, _ in found]
    said = [label for _, label in found]
    each = f1_score(true, said, labels=TYPES, average=None, zero_division=0)
    there = [name in true for name in TYPES]
    persons = [label for author, label in found if author.account_type == "person"]
    others = [label for author, label in found if author.account_type != "person"]
    return {
        "macro_f1_account_type": sum(each) / max(sum(there), 1),
        **{f"f1_{name}": float(value) for name, value in zip(TYPES, each, strict=True)},
        "persons_silenced": sum(label != "person" for label in persons) / max(len(persons), 1),
        "organisations_let_in": sum(label == "person" for label in others) / max(len(others), 1),
    }
