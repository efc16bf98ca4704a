"""The outer form of a bundle: a number first, then frames, and totals that any damage breaks."""

from __future__ import annotations

import hashlib
import struct
from pathlib import Path

import pytest

from models.storage.format import FORMAT
from models.text.words import Refused
from sync.transport.bundle.framing import (
    END,
    FILE,
    HEADER,
    LONGEST,
    MAGIC,
    NO_BUNDLE,
    PART,
    FrameWriter,
    Scanned,
)
from tests.support.other_formats import DAMAGED, OTHERS, renumber_bundle
from tests.support.signers import signer

FRAMES = ((HEADER, b"who wrote it"), (PART, b""), (PART, bytes(3000)), (FILE, b"\xff\x00"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A bundle with four frames, signed by device 1."""
    path = tmp_path / "week.sitebook"
    with path.open("wb") as file:
        out = FrameWriter(file)
        for kind, data in FRAMES:
            out.frame(kind, data)
        out.end(signer(1))
    return path


def refused(path: Path, word: str) -> None:
    """Insist on a sentence with this word and the file's name, and an untouched file."""
    before = path.read_bytes()
    with pytest.raises(Refused, match=word) as found:
        Scanned(path)
    assert path.name in str(found.value) and path.read_bytes() == before


def test_frames_are_read_as_they_were_written(path: Path) -> None:
    found = Scanned(path)
    assert [(one.kind, found.read(one)) for one in found.frames] == list(FRAMES)
    assert [found.read(one) for one in found.of(PART)] == [b"", bytes(3000)]
    assert list(found.of(END)) == []


def test_the_signature_is_over_these_very_bytes(path: Path, tmp_path: Path) -> None:
    found = Scanned(path)
    assert found.signed_by(signer(1).public) and not found.signed_by(signer(2).public)
    other = tmp_path / "other.sitebook"
    with other.open("wb") as file:
        out = FrameWriter(file)
        for kind, data in FRAMES[:-1]:
            out.frame(kind, data)
        out.end(signer(1))
    ends = len(path.read_bytes()) - 64
    other.write_bytes(path.read_bytes()[:ends] + other.read_bytes()[-64:])
    assert not Scanned(other).signed_by(signer(1).public)


def test_a_bundle_says_what_it_is_and_the_number_of_its_format(path: Path) -> None:
    assert path.read_bytes().startswith(MAGIC) and MAGIC == b"sitebook bundle %d\n" % FORMAT


@pytest.mark.parametrize("meaning", OTHERS)
def test_one_of_another_format_is_refused_before_anything_is_read(path: Path, meaning: str) -> None:
    path.write_bytes(path.read_bytes()[: len(MAGIC)] + b"whatever another version writes")
    renumber_bundle(path, OTHERS[meaning])
    refused(path, "更新的 sitebook" if meaning == "newer" else "测试版")


@pytest.mark.parametrize("number", [*(one for one in DAMAGED if one > 0), 10_000, 99_999_999_999])
def test_a_number_that_no_version_writes_is_damage(path: Path, number: int) -> None:
    renumber_bundle(path, number)
    refused(path, "已损坏")


@pytest.mark.parametrize(
    "line",
    [
        *(b"sitebook bundle -1\n", b"sitebook bundle x\n", b"sitebook bundle 2 \n"),
        *(b"sitebook bundle 2", b"sitebook bundle 123456789012345\n", b"sitebook", b"s", b""),
    ],
)
def test_a_first_line_that_is_cut_or_changed_is_damage(path: Path, line: bytes) -> None:
    path.write_bytes(line)
    refused(path, "损坏")


@pytest.mark.parametrize("data", [b"PK\x03\x04 a zip", b"\n", b"sitebook backup 2\n", b"\0" * 100])
def test_another_file_is_no_bundle(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    refused(path, NO_BUNDLE.zh.partition("{name}")[2])


def test_any_byte_missing_or_too_many_is_damage(path: Path) -> None:
    whole = path.read_bytes()
    for end in range(len(MAGIC), len(whole), 7):
        path.write_bytes(whole[:end])
        refused(path, "损坏")
    path.write_bytes(whole + b"\0")
    refused(path, "损坏")


def test_any_byte_changed_before_the_signature_is_damage(path: Path) -> None:
    whole = path.read_bytes()
    for place in [*range(len(MAGIC), len(MAGIC) + 30), *range(60, len(whole) - 64, 97)]:
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        refused(path, "损坏")


def test_a_length_beyond_the_greatest_is_not_believed(path: Path) -> None:
    path.write_bytes(MAGIC + struct.pack(">BI", PART, LONGEST + 1) + bytes(100))
    refused(path, "损坏")


def test_bytes_that_changed_since_the_check_are_not_given(path: Path) -> None:
    found = Scanned(path)
    whole = bytearray(path.read_bytes())
    frame = found.frames[2]
    assert hashlib.sha256(whole[frame.start : frame.start + frame.size]).digest() == frame.digest
    whole[frame.start] ^= 1
    path.write_bytes(whole)
    with pytest.raises(Refused, match="损坏"):
        found.read(frame)


def test_a_stick_that_is_gone_is_one_sentence(path: Path) -> None:
    found = Scanned(path)
    path.unlink()
    for ask in (lambda: found.read(found.frames[0]), lambda: Scanned(path)):
        with pytest.raises(Refused, match="U 盘是否还在"):
            ask()
