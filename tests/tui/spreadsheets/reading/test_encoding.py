"""Encoding: recognised from the bytes; what is no text is refused, a few broken bytes are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.text.words import Refused
from tui.spreadsheets.reading import encoding
from tui.spreadsheets.reading.table import MIB

TEXT = "编号,问题现象\nFX-1,二号空调告警\n"


def written(tmp_path: Path, data: bytes) -> Path:
    """A file of these bytes."""
    path = tmp_path / "list.csv"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "utf-8-sig"),
        (b"number,cause\n", "utf-8-sig"),
        (TEXT.encode(), "utf-8-sig"),
        (TEXT.encode("utf-8-sig"), "utf-8-sig"),
        (TEXT.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("gb18030"), "gb18030"),
        (b"a" * 500 + TEXT.encode("gbk"), "gb18030"),
        (TEXT.encode() * 5 + b"\xff" + TEXT.encode(), "utf-8-sig"),
    ],
)
def test_the_encoding_is_known_from_the_bytes(tmp_path: Path, data: bytes, name: str) -> None:
    assert encoding.of(written(tmp_path, data)) == name


def test_what_was_recognised_reads_the_text_again(tmp_path: Path) -> None:
    for name in ("utf-8", "utf-8-sig", "utf-16", "gb18030"):
        path = written(tmp_path, TEXT.encode(name))
        assert path.read_text(encoding=encoding.of(path)) == TEXT


def test_a_character_may_lie_across_two_pieces_of_reading(tmp_path: Path) -> None:
    long = ("x" * (MIB - 1) + "汉") * 2
    for name, known in (("utf-8", "utf-8-sig"), ("gb18030", "gb18030")):
        assert encoding.of(written(tmp_path, long.encode(name))) == known


def test_bytes_that_are_no_text_are_refused_with_their_line(tmp_path: Path) -> None:
    path = written(tmp_path, b"number\nFX-1\n\xff\xff\xff\xff,\x80\n")
    with pytest.raises(Refused, match=r"第 3 行.*--encoding"):
        encoding.of(path)


@pytest.mark.parametrize(
    ("given", "found"),
    [("utf-8", "utf-8-sig"), ("UTF8", "utf-8-sig"), ("GBK", "gbk"), ("big5", "big5")],
)
def test_an_encoding_may_be_named(given: str, found: str) -> None:
    assert encoding.known(given) == found


@pytest.mark.parametrize("name", ["", "nonsense", "hex", "base64", "a\0b", "编码"])
def test_a_name_that_is_no_encoding_of_text_is_refused(name: str) -> None:
    with pytest.raises(Refused, match="不认识编码"):
        encoding.known(name)


def test_broken_bytes_are_found_in_what_was_read() -> None:
    assert encoding.broken(b"a\xffb".decode("utf-8", "surrogateescape"))
    assert not any(map(encoding.broken, ("", "plain", "二号空调", "\U00020000")))
