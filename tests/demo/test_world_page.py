"""The page that describes a world's files: it names every field, and what it calls enough is."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from pydantic import BaseModel

import demo
from demo.limits import Limits, PlatformLimits
from demo.serve import running
from demo.services import (
    InstagramPlace,
    InstagramService,
    Instance,
    Register,
    SireneService,
    Website,
    XService,
)
from demo.sizes import SIZES
from demo.truth import TrueAuthor, TrueOpening, TruePost
from demo.voices import VOICE_SHARES
from demo.world import WorldAuthor, WorldFile, WorldOpening, WorldPost, read_world
from tests.demo.clients import client

PAGE = (Path(demo.__path__[0]) / "README.md").read_text(encoding="utf-8")
MODELS = (
    WorldFile, WorldAuthor, WorldPost, WorldOpening, Limits, PlatformLimits, Instance, Register,
    SireneService, XService, InstagramService, InstagramPlace, Website, TrueAuthor, TruePost,
    TrueOpening,
)  # fmt: skip
WORLD = {"city_id": "montreval", "seed": 0, "starts_at": "2026-11-01T00:00:00Z",
         "ends_at": "2026-11-18T01:30:00Z", "nights": ["2026-11-17T01:30:00Z"],
         "instances": [{"host": "saone.example"}]}  # fmt: skip
LIMITS = {
    name: {"requests": 100, "window_seconds": 60, "page_default": 10, "page_max": 40}
    for name in ("mastodon", "bodacc")
}
AUTHOR = {"author_id": "lea@saone.example", "username": "lea", "host": "saone.example",
          "display_name": "Léa", "created_on": "2021-03-05",
          "audience": [["2026-11-01T00:00:00Z", 12]]}  # fmt: skip
POST = {"post_id": "https://saone.example/users/lea/statuses/1", "author_id": "lea@saone.example",
        "url": "https://saone.example/@lea/1", "published_at": "2026-11-03T10:00:00Z",
        "text": "Le marché #Montréval", "hashtags": ["Montréval"],
        "seen_on": ["saone.example"]}  # fmt: skip


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_the_page_names_every_field(model: type[BaseModel]) -> None:
    said = set(re.findall(r"`([a-z0-9_]+)`", PAGE))
    assert model.model_fields.keys() - said == set()


def test_the_page_names_every_voice_and_size() -> None:
    said = set(re.findall(r"`([a-z_]+)`", PAGE))
    assert VOICE_SHARES.keys() | SIZES.keys() <= said


@pytest.mark.parametrize("is_empty", [True, False])
def test_a_world_written_by_hand_is_served(tmp_path: Path, *, is_empty: bool) -> None:
    for name, value in (("world", WORLD), ("limits", LIMITS)):
        (tmp_path / f"{name}.json").write_text(json.dumps(value), encoding="utf-8")
    for name, row in (("authors", AUTHOR), ("posts", POST), ("openings", None)):
        line = "" if is_empty or row is None else json.dumps(row) + "\n"
        (tmp_path / f"{name}.ndjson").write_text(line, encoding="utf-8")
    world = read_world(tmp_path)
    with running(world, now=world.file.nights[0]) as proxy, client(proxy) as asked:
        shown = asked.get("https://saone.example/api/v1/timelines/tag/montreval").json()
    assert [status["account"]["acct"] for status in shown] == ([] if is_empty else ["lea"])
