"""Attached files: whole or not at all, found by checksum, named by a label only."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from models.storage import blobs
from models.text.words import Refused


def _source(folder: Path, data: bytes) -> Path:
    path = folder / "来源 photo.jpg"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("data", [b"", b"x", b"\x00\xff" * blobs.BLOCK])
def test_the_bytes_are_kept_under_their_checksum(tmp_path: Path, data: bytes) -> None:
    kept = blobs.keep(tmp_path / "home", _source(tmp_path, data))
    assert kept == (hashlib.sha256(data).hexdigest(), len(data))
    assert blobs.place(tmp_path / "home", kept.sha256).read_bytes() == data
    assert blobs.whole(tmp_path / "home", kept.sha256) is True
    assert not list((tmp_path / "home").rglob("*.tmp"))


def test_the_same_bytes_are_kept_once(tmp_path: Path) -> None:
    first = blobs.keep(tmp_path, _source(tmp_path, b"same"))
    assert blobs.keep(tmp_path, _source(tmp_path, b"same")) == first
    assert len(list((tmp_path / blobs.FOLDER).glob("??/*"))) == 1


def test_bytes_that_changed_or_are_absent_are_noticed(tmp_path: Path) -> None:
    kept = blobs.keep(tmp_path, _source(tmp_path, b"right"))
    blobs.place(tmp_path, kept.sha256).write_bytes(b"wrong")
    assert blobs.whole(tmp_path, kept.sha256) is False
    assert blobs.whole(tmp_path, "0" * 64) is None


def test_one_byte_too_many_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    source = tmp_path / "big"
    with source.open("wb") as file:
        file.truncate(blobs.LIMIT + 1)
    with pytest.raises(Refused, match="25 MiB"):
        blobs.keep(tmp_path / "home", source)
    assert not [path for path in (tmp_path / "home").rglob("*") if path.is_file()]
    with source.open("r+b") as file:
        file.truncate(blobs.LIMIT)
    assert blobs.keep(tmp_path / "home", source).size == blobs.LIMIT


def test_what_is_no_plain_file_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, Path("/dev/null"), tmp_path / "nothing"):
        with pytest.raises(Refused, match=path.name):
            blobs.keep(tmp_path / "home", path)


def test_a_home_that_takes_no_files_is_named(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file, no folder", encoding="utf-8")
    with pytest.raises(Refused, match="没有附上"):
        blobs.keep(tmp_path / "home", _source(tmp_path, b"x"))


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("/a/b/照片.jpg", "照片.jpg"),
        ("..\\..\\CON", "CON"),
        ("../../etc/passwd", "passwd"),
        ("C:\\x\\y.txt", "y.txt"),
        ("a/b/", "b"),
        ("/", "-"),
        ("two\nlines.txt", "two lines.txt"),
    ],
)
def test_a_label_is_no_path(path: str, label: str) -> None:
    assert blobs.label(path) == label


def test_a_long_label_keeps_its_end() -> None:
    label = blobs.label("n" * 500 + ".jpg")
    assert len(label) == blobs.LABEL and label.endswith(".jpg")
