"""Bad landing: each kind of damage ends in a reject with cause and line; the rest is loaded."""

from __future__ import annotations

import gzip
import json

import pytest

from tests.warehouse.nights import Town, author, edge, opening, post
from warehouse.rejects import LONGEST_LINE

SECRET = "anna"


def damaged(town: Town, line: bytes) -> None:
    """A landing file whose second line is `line`, between two good ones."""
    path = town.land(post(1))
    lines = [post(1).model_dump_json().encode(), line, post(3).model_dump_json().encode()]
    path.write_bytes(gzip.compress(b"\n".join(lines) + b"\n"))


def changed(**fields: object) -> bytes:
    record = json.loads(post(2).model_dump_json()) | fields
    return json.dumps({k: v for k, v in record.items() if v != "absent"}).encode()


CASES = {
    "broken line": (changed()[:60], "line", "is not JSON"),
    "HTML for JSON": (b"<html><body>anna</body></html>", "line", "is not JSON"),
    "raw NUL": (changed(text="x").replace(b'"x"', b'"a\0b"'), "line", "is not JSON"),
    "escaped NUL": (changed(text="a\0anna"), "text", "holds a NUL character"),
    "NUL in a hashtag": (changed(hashtags=["a", "b\0"]), "hashtags", "holds a NUL character"),
    "NUL in a link": (changed(links=["https://a.example/\0"]), "links", "holds a NUL character"),
    "lone surrogate": (changed(text="x").replace(b'"x"', b'"\\ud800"'), "line", "is not JSON"),
    "not UTF-8": (changed(text="x").replace(b'"x"', b'"\xff\xfe"'), "line", "is not JSON"),
    "a list": (b"[1, 2]", "line", "is not a record"),
    "unknown kind": (changed(kind="anna"), "kind", "is not a kind of record"),
    "wrong date": (changed(published_at="le 3 mai"), "published_at", "valid datetime"),
    "future": (changed(published_at="2031-01-01T00:00:00Z"), "published_at", "lies in the future"),
    "negative count": (changed(likes=-1), "likes", "greater than or equal to 0"),
    "word for a count": (changed(likes="anna"), "likes", "valid integer"),
    "huge count": (changed(likes=10**30), "likes", "is larger than a count can be"),
    "unknown field": (changed(anna="x"), "unknown field", "is not a field of this record"),
    "missing field": (changed(author_id="absent"), "author_id", "Field required"),
    "missing optional": (changed(views="absent"), None, None),
    "null field": (changed(text=None), "text", "valid string"),
    "address": (changed(url="javascript:anna"), "url", "match pattern"),
    "empty id": (changed(post_id=""), "post_id", "at least 1 character"),
    "ten megabytes": (changed(text="a" * 10_000_000), "line", "longer than a record may be"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_damaged_line_is_a_reject_and_the_others_are_loaded(town: Town, case: str) -> None:
    line, field, cause = CASES[case]
    damaged(town, line)
    report = town.load()
    if field is None:
        assert report.count_rejects == 0
        return
    assert report.count_rejects == 1
    assert town.value("select count(*) from posts") == 2
    rows = town.rows("select source_id, line, field, cause from rejects")
    assert rows[0][:3] == ("mastodon-saone", 2, field)
    assert cause is not None
    assert cause in rows[0][3]
    assert SECRET not in rows[0][2] + rows[0][3]


def test_what_comes_before_a_cut_is_loaded(town: Town) -> None:
    path = town.land(*(post(n, text=f"texte {n * 7919}") for n in range(2000)))
    path.write_bytes(path.read_bytes()[:-4000])
    report = town.load()
    assert report.count_rejects == 1
    assert 100 < town.value("select count(*) from posts") < 2000
    assert town.rows("select field, cause from rejects") == [("file", "the file is cut short")]


@pytest.mark.parametrize("content", [b"", b"\x1f\x8b", b"<html>not found</html>\n", b"\0" * 40])
def test_a_file_that_is_not_gzip_is_one_reject(town: Town, content: bytes) -> None:
    town.land(post(1), seq=0)
    town.land(post(2), seq=1).write_bytes(content)
    assert town.load().count_rejects <= 1
    assert town.value("select count(*) from posts") == 1
    assert town.load().count_files == 0


def test_a_flipped_byte_loses_only_its_file(town: Town) -> None:
    path = town.land(*(post(n, text=f"texte {n * 7919}") for n in range(500)))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)
    town.land(post(9, author="bea"), seq=1)
    assert town.load().count_rejects >= 1
    assert town.value("select count(*) from posts where author_id like 'bea%'") == 1


def test_other_kinds_are_checked_too(town: Town) -> None:
    path = town.land()
    bad_edge = edge("anna", "bea").model_dump_json().replace("mention", "friendship")
    bad_author = author().model_dump_json().replace(":120", ":-120")
    bad_opening = opening().model_dump_json().replace('"published_on":"', '"published_on":"x')
    lines = [author("bea").model_dump_json(), bad_edge, bad_author, bad_opening]
    path.write_bytes(gzip.compress("".join(f"{line}\n" for line in lines).encode()))
    town.load()
    rows = town.rows("select line, field from rejects order by line")
    assert rows == [(2, "relation"), (3, "audience"), (4, "published_on")]


def test_rejects_of_a_large_batch_name_the_right_file(town: Town) -> None:
    for seq in range(9):
        path = town.land(post(seq), seq=seq)
        if seq in (2, 7):
            path.write_bytes(gzip.compress(b"nonsense\n"))
    assert town.load().count_rejects == 2
    assert town.value("select count(*) from posts") == 7
    files = town.rows("select file from rejects order by file")
    assert [name[0].split("-")[1][:5] for name in files] == ["00002", "00007"]
    assert LONGEST_LINE > 400_000  # a record of 100,000 four-byte characters fits
