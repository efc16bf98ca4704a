"""Archive parts: what comes out of a zip is counted, whatever the zip says of itself."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pytest

from models.storage.archive_parts import PIECE, opened, parts
from models.text.words import Refused, W

BROKEN = Refused(W("坏了", "broken"))
LARGE = W("{name} 超过 {most}", "{name} over {most}")


def archive(contents: Mapping[str, bytes]) -> BytesIO:
    """A zip of these parts."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in contents.items():
            file.writestr(name, content)
    made.seek(0)
    return made


def large(name: str, most: int) -> Refused:
    """The refusal of a part."""
    return Refused(LARGE, name=name, most=most)


def read(source: BytesIO | Path, most: int = 1 << 30, each: int = 1 << 30) -> dict[str, bytes]:
    """All parts of an archive."""
    with opened(source, BROKEN) as file:
        return {part.name: part.read() for part in parts(file, most, lambda _: each, large)}


def test_parts_come_out_whole_and_in_their_order() -> None:
    contents = {"b.xml": b"x" * (PIECE + 7), "a.xml": b"", "c/d.bin": b"abc"}
    found = read(archive(contents))
    assert found == contents and list(found) == list(contents)


def test_a_part_may_have_its_size_and_not_a_byte_more() -> None:
    source = archive({"a": b"1234"})
    assert read(source, each=4) == {"a": b"1234"}
    with pytest.raises(Refused) as refused:
        read(source, each=3)
    assert str(refused.value) == "a 超过 3"


def test_all_parts_together_are_limited() -> None:
    source = archive({"a": b"1234", "b": b"56"})
    assert len(read(source, most=6)) == 2
    with pytest.raises(Refused) as refused:
        read(source, most=5)
    assert str(refused.value) == "b 超过 1"


def test_what_is_not_read_is_counted_all_the_same() -> None:
    with opened(archive({"a": b"1234", "b": b"56"}), BROKEN) as file:
        sizes = list(parts(file, 6, lambda _: 9, large))
    assert [part.size for part in sizes] == [4, 2]
    with pytest.raises(Refused), opened(archive({"a": b"1234"}), BROKEN) as file:
        list(parts(file, 3, lambda _: 9, large))


def test_a_declared_size_is_not_believed() -> None:
    source = archive({"a": b"\0" * 5000})
    raw = source.getvalue()
    for place in (raw.index(b"PK\x03\x04") + 22, raw.index(b"PK\x01\x02") + 24):
        raw = raw[:place] + (4).to_bytes(4, "little") + raw[place + 4 :]
    with pytest.raises(Refused):
        read(BytesIO(raw), each=3)


@pytest.mark.parametrize("cut", [0, 10, 60, -1])
def test_what_is_no_archive_or_damaged_is_refused_in_the_given_words(
    tmp_path: Path, cut: int
) -> None:
    path = tmp_path / "file"
    path.write_bytes(archive({"a": bytes(range(256)) * 40}).getvalue()[:cut])
    with pytest.raises(Refused) as refused:
        read(path)
    assert refused.value is BROKEN


def test_a_flipped_byte_is_refused() -> None:
    raw = bytearray(archive({"a": bytes(range(256)) * 40}).getvalue())
    raw[60] ^= 0xFF
    with pytest.raises(Refused) as refused:
        read(BytesIO(bytes(raw)))
    assert refused.value is BROKEN
