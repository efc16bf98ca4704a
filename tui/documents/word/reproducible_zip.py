"""A Word file's bytes made the same whenever and wherever its content is the same."""

from __future__ import annotations

import zipfile
from io import BytesIO

EPOCH = (1980, 1, 1, 0, 0, 0)
FIRST = "[Content_Types].xml"


def settled(document: bytes) -> bytes:
    """The same file with fixed times and order of its parts."""
    found = parts(document)
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in sorted(found, key=lambda name: (name != FIRST, name)):
            one = zipfile.ZipInfo(name, EPOCH)
            one.create_system, one.external_attr = 0, 0
            one.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(one, found[name], compresslevel=6)
    return out.getvalue()


def parts(document: bytes) -> dict[str, bytes]:
    """Each part by name: the content of a document, however it was packed."""
    with zipfile.ZipFile(BytesIO(document)) as archive:
        return {one.filename: archive.read(one) for one in archive.infolist() if not one.is_dir()}
