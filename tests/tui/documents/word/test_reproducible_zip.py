"""A Word file's bytes: the same wherever and whenever its content is the same."""

from __future__ import annotations

import zipfile
from io import BytesIO

from tui.documents.word.reproducible_zip import EPOCH, FIRST, parts, settled

PARTS = {"word/document.xml": b"<a/>", FIRST: b"<types/>", "docProps/core.xml": "<标题/>".encode()}


def packed(names: list[str], when: tuple[int, int, int, int, int, int], method: int) -> bytes:
    """A zip of the parts in an order, at a time, more or less tightly packed."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        made.writestr(zipfile.ZipInfo("word/", when), b"")
        for name in names:
            made.writestr(zipfile.ZipInfo(name, when), PARTS[name])
    return out.getvalue()


def test_order_time_and_packing_make_no_difference() -> None:
    one = packed(list(PARTS), (2026, 11, 29, 8, 0, 0), zipfile.ZIP_STORED)
    other = packed(sorted(PARTS), (1999, 1, 1, 0, 0, 0), zipfile.ZIP_DEFLATED)
    assert one != other and settled(one) == settled(other) == settled(settled(one))


def test_the_list_of_types_comes_first_and_all_are_of_one_time() -> None:
    made = settled(packed(sorted(PARTS), (2026, 1, 1, 0, 0, 0), zipfile.ZIP_STORED))
    with zipfile.ZipFile(BytesIO(made)) as archive:
        found = archive.infolist()
    assert [one.filename for one in found] == [FIRST, "docProps/core.xml", "word/document.xml"]
    assert {one.date_time for one in found} == {EPOCH}


def test_the_parts_are_the_content_without_folders() -> None:
    made = packed(list(PARTS), EPOCH, zipfile.ZIP_STORED)
    assert parts(made) == parts(settled(made)) == PARTS


def test_another_content_is_another_file() -> None:
    made = packed(list(PARTS), EPOCH, zipfile.ZIP_STORED)
    changed = made.replace(b"<a/>", b"<b/>")
    assert changed != made
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in {**PARTS, "word/document.xml": b"<b/>"}.items():
            archive.writestr(name, content)
    assert settled(out.getvalue()) != settled(made)
