"""Page count: how many pages a file itself says it has."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

PAGES_OF_DOCX = re.compile(rb"<Pages>(\d{1,6})</Pages>")
PAGES_OF_PDF = re.compile(rb"/Type\s*/Pages\b[^<>]{0,400}?/Count\s+(\d{1,6})")


def pages(name: str, content: bytes) -> int | None:
    """How many pages a file says it has; None where it does not tell."""
    suffix = name.lower().rpartition(".")[2]
    if suffix == "pdf":
        counts = [int(one) for one in PAGES_OF_PDF.findall(content)]
        return max(counts, default=None)
    if suffix == "docx":
        return _pages_of_docx(content)
    return None


def _pages_of_docx(content: bytes) -> int | None:
    try:
        with (
            zipfile.ZipFile(BytesIO(content)) as archive,
            archive.open("docProps/app.xml") as file,
        ):
            told = PAGES_OF_DOCX.search(file.read(1 << 16))
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError, EOFError):
        return None
    return int(told[1]) if told is not None and int(told[1]) else None
