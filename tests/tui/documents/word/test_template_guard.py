"""What is no harmless Word document is no template: one clear sentence, nothing read further."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest

from models.text.words import Refused
from tests.tui.documents.makers import added, changed, packed, word
from tui.documents.word import template_guard
from tui.documents.word.fill import fill
from tui.documents.word.reproducible_zip import parts

PLAIN = word("{{ name }}")
RELS = "word/_rels/document.xml.rels"
DATA = {"mark": "", "name": "名"}


def relation(kind: str, target: str) -> bytes:
    """The plain document with one more external relationship."""
    url = f"urn:x/{kind}".encode()
    one = b'<Relationship Id="rX" Type="%s" Target="%s" TargetMode="External"/></Relationships>'
    return changed(PLAIN, RELS, b"</Relationships>", one % (url, target.encode()))


def bomb() -> bytes:
    """A part that swells a thousandfold."""
    return added(PLAIN, "word/more.xml", b"<a>" + b" " * (template_guard.TEXT + 1) + b"</a>")


def lying() -> bytes:
    """A zip whose directory says that a part is small."""
    made = bytearray(bomb())
    at = made.rindex(b"PK\x01\x02", 0, made.rindex(b"word/more.xml"))
    made[at + 24 : at + 28] = (10).to_bytes(4, "little")
    return bytes(made)


def entities() -> bytes:
    """Entities that multiply."""
    laugh = b'<!DOCTYPE a [<!ENTITY b "xxxx"><!ENTITY c "&b;&b;&b;">]>'
    content = parts(PLAIN)["word/document.xml"]
    head, _, rest = content.partition(b"?>")
    return packed({**parts(PLAIN), "word/document.xml": head + b"?>" + laugh + rest})


def field(code: bytes) -> bytes:
    """A field that fetches when the document is opened."""
    run = b"<w:p><w:r><w:instrText>%s</w:instrText></w:r></w:p><w:sectPr" % code
    return changed(PLAIN, "word/document.xml", b"<w:sectPr", run)


def workbook() -> bytes:
    """A zip of another kind."""
    return packed({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<a/>"})


def twice() -> bytes:
    """The same part two times."""
    out = BytesIO(PLAIN)
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning):
        archive.writestr("word/document.xml", b"<a/>")
    return out.getvalue()


BAD: dict[str, tuple[Callable[[], bytes], object]] = {
    "empty": (lambda: b"", template_guard.NO_DOCUMENT),
    "no zip": (lambda: b"hello", template_guard.NO_DOCUMENT),
    "cut": (lambda: PLAIN[:-200], template_guard.NO_DOCUMENT),
    "flipped": (lambda: PLAIN[:300] + b"xxxxxxxx" + PLAIN[308:], None),
    "workbook": (workbook, template_guard.NO_DOCUMENT),
    "twice": (twice, template_guard.NO_DOCUMENT),
    "torn XML": (lambda: changed(PLAIN, "word/document.xml", b"</w:body>", b""), None),
    "bomb": (bomb, template_guard.TOO_LARGE),
    "lying bomb": (lying, None),
    "many parts": (
        lambda: packed({**parts(PLAIN), **{f"x/{n}": b"" for n in range(2_001)}}),
        template_guard.TOO_LARGE,
    ),
    "tags that do not end": (
        lambda: word("{%tr for x in rows " * 2_000, *["字" * 1_000] * 300),
        template_guard.UNPAIRED,
    ),
    "many tags": (lambda: word("{{ name }}" * 3_001), template_guard.TOO_LARGE),
    "too many bytes": (lambda: PLAIN + b"x" * template_guard.PACKED, template_guard.TOO_LARGE),
    "entities": (entities, template_guard.NO_DOCUMENT),
    "macro": (lambda: added(PLAIN, "word/vbaProject.bin", b"x"), template_guard.ACTS),
    "object": (lambda: added(PLAIN, "word/embeddings/oleObject1.bin", b"x"), template_guard.ACTS),
    "macro type": (
        lambda: changed(PLAIN, "[Content_Types].xml", b"document.main", b"macroEnabled.main"),
        template_guard.ACTS,
    ),
    "remote template": (
        lambda: relation("attachedTemplate", "http://x/y.dotm"),
        template_guard.ACTS,
    ),
    "remote picture": (lambda: relation("image", "http://x/y.png"), template_guard.ACTS),
    "remote object": (lambda: relation("oleObject", "file:///x"), template_guard.ACTS),
    "DDE": (lambda: field(b" DDEAUTO c:\\x "), template_guard.ACTS),
    "INCLUDETEXT": (lambda: field(b" INCLUDETEXT x "), template_guard.ACTS),
    "altChunk": (
        lambda: changed(
            PLAIN, "word/document.xml", b"<w:sectPr", b'<w:altChunk r:id="rX"/><w:sectPr'
        ),
        template_guard.ACTS,
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_it_is_refused_by_name(name: str) -> None:
    make, word_ = BAD[name]
    with pytest.raises(Refused) as refused:
        fill(make(), DATA, "坏.docx")
    assert "坏.docx" in str(refused.value) and "\n" not in str(refused.value)
    assert word_ is None or refused.value.word == word_


def test_links_to_click_on_may_stay() -> None:
    assert fill(relation("hyperlink", "https://x/"), DATA, "t.docx")


def test_a_field_of_words_own_may_stay() -> None:
    assert fill(field(b" PAGE "), DATA, "t.docx")
