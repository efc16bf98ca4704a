"""The pages that a file says it has, and nothing guessed where it does not tell."""

from __future__ import annotations

import zipfile
from io import BytesIO

from tui.documents.formats.page_count import pages

PDF = b"%PDF-1.4\n1 0 obj<</Type /Pages /Kids [2 0 R] /Count 7>>endobj\n%%EOF"


def test_pages_are_those_that_the_file_tells() -> None:
    assert pages("a.PDF", PDF) == 7
    assert pages("a.pdf", b"%PDF-1.5 nothing to read") is None
    assert pages("a.txt", b"x") is None and pages("a.docx", b"no zip") is None
    for told, found in ((b"<Pages>12</Pages>", 12), (b"<Pages>0</Pages>", None), (b"", None)):
        out = BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("docProps/app.xml", told)
        assert pages("a.docx", out.getvalue()) == found
