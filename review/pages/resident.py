"""One resident: who, where in each ranking, each score with its evidence and its posts."""

from __future__ import annotations

__all__ = ["router"]

from fastapi import APIRouter, HTTPException
from fastapi.responses import HTMLResponse

from review.drawing import span_of
from review.explaining import Card, explained, posts_behind
from review.preferring import weights_of
from review.reading import readings_of
from review.sentences import Sentences
from review.snapshot import Row
from review.telling import told
from review.visit import OpenVisit

router = APIRouter()

COUNT_LATEST_POSTS = 10
# The order of reading: does this person live here, whom do they reach, of what do they speak.
ORDER = ("residency", "reach", "account_type", "affinity")


@router.get("/{lang}/{city_id}/habitants/{person_id:path}")
def show(visit: OpenVisit, person_id: str) -> HTMLResponse:
    """One resident; 404 when unknown or blocked, at once."""
    found = visit.person_rows("resident", person_id=person_id)
    if not found:
        raise HTTPException(404)
    sentences = Sentences(visit.language, visit.theme_labels)
    posts = visit.person_rows("resident_posts", person_id=person_id)
    readings = readings_of(visit, person_id, sentences)
    for post in posts:
        post["readings"] = readings.get((post["platform"], post["post_id"]), [])
    scores = visit.person_rows("resident_scores", person_id=person_id)
    ranks = visit.person_rows("resident_ranks", person_id=person_id)
    for rank in ranks:
        ends = (rank["axis_least"], rank["axis_most"])
        rank["span"] = span_of(rank["low"], rank["score"], rank["high"], ends=ends)
    proposal = next(iter(visit.rows("weight_proposal")), None)
    overall = next((rank for rank in ranks if not rank["theme"]), None)
    return visit.render(
        "residents/show.html",
        resident=found[0],
        ranks=ranks,
        weights=weights_of(visit.rows("weights")),
        is_learnt=bool(proposal and proposal["weights_from"]),
        why=explained("ranking", overall["evidence"], sentences) if overall else (),
        cards=_cards(scores, posts, sentences),
        posts=posts[:COUNT_LATEST_POSTS],
    )


def _cards(scores: list[Row], posts: list[Row], sentences: Sentences) -> list[Card]:
    known = [score for score in scores if score["score"] in ORDER]
    ordered = sorted(known, key=lambda score: ORDER.index(score["score"]))
    return [_card(score, posts, sentences) for score in ordered]


def _card(score: Row, posts: list[Row], sentences: Sentences) -> Card:
    sentence = told(score, sentences.language)
    if score["label"] == "automated":
        return Card(score, sentence, ())
    reasons = explained(score["score"], score["evidence"], sentences)
    return Card(score, sentence, reasons, posts_behind(score, posts))
