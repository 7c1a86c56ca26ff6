"""Ready maps on files in the tools' shapes; maps with mistakes; conversions."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path
from typing import Any

import pytest

from cities.folder import CityFolder
from cities.settings import Settings
from collectors.sources.imports.maps import READY, MapError, map_file, read_map
from tests.collectors.imports import csv_of, ndjson_of, read, watched
from tests.collectors.nights import landed
from tests.demo.small_world import NIGHT_1

SECONDS = int(NIGHT_1.timestamp()) - 7200
MOMENT = "2026-11-16T23:30:00Z"
ID = "1990000000000000001"

MINET = {
    "id": ID, "timestamp_utc": SECONDS, "local_time": "2026-11-17T00:30:00",
    "user_screen_name": "Lou_71", "text": "Marché de #Montréval 🥖", "possibly_sensitive": "0",
    "retweet_count": "2", "like_count": "14", "reply_count": "", "lang": "fr",
    "to_username": "Bob_71", "to_userid": "2", "to_tweetid": "199", "user_location": "Montréval",
    "user_name": "Lou", "user_description": "J'habite ici", "user_url": "https://lou.example",
    "user_tweets": "300", "user_followers": "120", "user_friends": "80",
    "user_timestamp_utc": "1500000000", "retweeted_id": "",
    "collection_time": "2026-11-17T00:00:00",
    "url": f"https://twitter.com/Lou_71/status/{ID}", "links": "https://a.example|https://b.example",
    "media_urls": "https://m.example/1.jpg|https://m.example/2.jpg",
    "mentioned_names": "bob_71|cleo", "hashtags": "montréval",
}  # fmt: skip
FOURCAT = {
    "id": ID, "thread_id": ID, "timestamp": "2026-11-16 23:30:00", "unix_timestamp": SECONDS,
    "subject": "", "body": "Marché de #Montréval 🥖", "author": "Lou_71", "author_fullname": "Lou",
    "author_id": "123456789", "source": "web", "language_guess": "fr", "possibly_sensitive": "no",
    "retweet_count": "2", "reply_count": "0", "like_count": "14", "quote_count": "0",
    "is_retweet": "no", "is_quote_tweet": "no", "is_reply": "yes", "hashtags": "Montréval",
    "urls": "https://a.example,https://b.example", "images": "https://m.example/1.jpg",
    "mentions": "bob_71,cleo", "reply_to": "bob_71",
}  # fmt: skip
TWEET: dict[str, Any] = {
    "id": ID, "author_id": "1", "in_reply_to_user_id": "2",
    "created_at": "2026-11-16T23:30:00.000Z",
    "text": "Marché de #Montréval 🥖", "lang": "fr",
    "entities": {
        "hashtags": [{"start": 0, "end": 9, "tag": "Montréval"}],
        "urls": [{"expanded_url": "https://a.example"}, {"expanded_url": "https://b.example"}],
        "mentions": [{"username": "bob_71", "id": "2"}, {"username": "cleo", "id": "3"}],
    },
    "public_metrics": {"like_count": 14, "reply_count": 0, "retweet_count": 2, "quote_count": 0},
    "attachments": {"media_keys": ["3_1"]},
}  # fmt: skip
LOU = {
    "id": "1", "username": "Lou_71", "name": "Lou", "description": "J'habite ici",
    "location": "Montréval", "created_at": "2017-07-14T02:40:00.000Z", "protected": False,
    "public_metrics": {"followers_count": 120, "following_count": 80, "tweet_count": 300},
}  # fmt: skip
BOB = {"id": "2", "username": "Bob_71", "name": "Bob"}
RETWEET = {"referenced_tweets": [{"type": "retweeted", "id": "1"}]}
TWARC_PAGE = {
    "data": [TWEET, {**TWEET, "id": "77", **RETWEET}],
    "includes": {"users": [LOU, BOB]},
    "meta": {"result_count": 2},
    "__twarc": {"retrieved_at": "2026-11-17T00:00:00+00:00"},
}
TWARC_FLAT = {**TWEET, "author": LOU, "in_reply_to_user": BOB, "__twarc": TWARC_PAGE["__twarc"]}

FILES = {
    "minet": ("posts.csv", csv_of([MINET, {**MINET, "id": "77", "retweeted_id": "1"}])),
    "4cat": ("posts.csv", csv_of([FOURCAT, {**FOURCAT, "id": "77", "is_retweet": "yes"}])),
    "twarc": ("posts.jsonl", ndjson_of([TWARC_PAGE])),
    "twarc, flattened": ("posts.jsonl", ndjson_of([TWARC_FLAT, {**TWARC_FLAT, **RETWEET}])),
}


@pytest.mark.parametrize("tool", FILES)
def test_a_ready_map_reads_its_tool_s_files(
    folder: CityFolder, settings: Settings, tool: str
) -> None:
    name, content = FILES[tool]
    place = watched(folder)
    (place / name).write_text(content, encoding="utf-8")
    shutil.copy(map_file(tool.split(",", maxsplit=1)[0]), place / "posts.map.yaml")
    outcome = read(folder, settings)
    assert (outcome.state, outcome.sentence, outcome.odd) == ("done", "", ())
    [post] = landed(folder, "files", "post")
    assert (post["platform"], post["post_id"], post["author_id"]) == ("x", ID, "lou_71")
    assert (post["published_at"], post["language"]) == (MOMENT, "fr")
    assert [tag.lower() for tag in post["hashtags"]] == ["montréval"]
    assert post["links"] == ["https://a.example", "https://b.example"]
    assert (post["likes"], post["shares"], post["is_reply"]) == (14, 2, True)
    assert post["media_count"] > 0
    assert post["url"].endswith(f"/status/{ID}")
    [author] = landed(folder, "files", "author")
    assert (author["handle"], author["display_name"]) == ("@lou_71", "Lou")
    if tool != "4cat":
        assert (author["audience"], author["bio"]) == (120, "J'habite ici")
        assert author["observed_at"] == "2026-11-17T00:00:00Z"
    edges = {(e["relation"], e["to_author_id"]) for e in landed(folder, "files", "edge")}
    assert edges == {("mention", "bob_71"), ("mention", "cleo"), ("reply", "bob_71")}


def test_a_compressed_file_reads_alike(folder: CityFolder, settings: Settings) -> None:
    place = watched(folder)
    (place / "posts.jsonl.gz").write_bytes(gzip.compress(FILES["twarc"][1].encode()))
    shutil.copy(map_file("twarc"), place / "posts.map.yaml")
    assert read(folder, settings).counts.posts == 1


def test_three_maps_are_ready() -> None:
    assert READY == ("4cat", "minet", "twarc")


MISTAKES = """
format: csv
platform: myspace
fields:
  post_id: id
  publishd_at: {column: at}
  text: {column: text, as: epoch}
  likes: {as: count}
skip: [{column: a}]
timezone: Europe/Pariss
"""


def test_every_mistake_of_a_map_is_told_with_its_line_and_field(tmp_path: Path) -> None:
    path = tmp_path / "posts.map.yaml"
    path.write_text(MISTAKES, encoding="utf-8")
    with pytest.raises(MapError) as told:
        read_map(path)
    lines = str(told.value).split("\n")
    assert all(line.startswith("posts.map.yaml: line ") for line in lines)
    assert "cannot be made as epoch; write as: text or html or digest" in str(told.value)
    found = {(mistake.line, mistake.field) for mistake in told.value.mistakes}
    assert found >= {
        (3, "platform"), (6, "fields.publishd_at"), (4, "fields.published_at"),
        (7, "fields.text"), (8, "fields.likes"), (9, "skip.0"), (10, "timezone"),
    }  # fmt: skip


@pytest.mark.parametrize("content", ["", "- a\n", "a: &b 1\n", "a: [\n", "\ud800"])
def test_what_is_no_map_is_one_sentence(tmp_path: Path, content: str) -> None:
    path = tmp_path / "map.yaml"
    path.write_bytes(content.encode("utf-8", "surrogatepass"))
    with pytest.raises(MapError, match=r"map\.yaml: line [12], the map"):
        read_map(path)


def test_a_map_that_is_not_there_names_the_ready_ones(tmp_path: Path) -> None:
    with pytest.raises(MapError, match="4cat, minet, twarc"):
        read_map(tmp_path / "mine.yaml")
