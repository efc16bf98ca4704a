"""Guard: a template is unpacked and looked through before anything parses it.

What really comes out of the zip is counted, whatever sizes it declares. What would act when the
document is opened (macros, embedded objects, contents fetched from elsewhere) is refused, since
the customer would be the one who opens it.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from models.storage import archive_parts
from models.text.words import Refused, W

PACKED, INFLATED, TEXT, MEMBERS, TAGS = 16 << 20, 64 << 20, 4 << 20, 2_000, 3_000
"""Most bytes of a template, unpacked, of one part of text; most parts; most tags in one part."""
NO_DOCUMENT = W(
    "模板 {file} 不是 Word 文档（.docx），或已损坏。请用 Word 或 WPS 打开并另存为 .docx。",
    "The template {file} is not a Word document (.docx) or is damaged. Open it and save"
    " it as .docx.",
)
TOO_LARGE = W(
    "模板 {file} 太大（{part}），没有采用。请删去其中的大图或多余内容。",
    "The template {file} is too large ({part}) and was not used. Remove large pictures.",
)
ACTS = W(
    "模板 {file} 含有打开时会运行或从外部取来的内容（{part}），没有采用。请删去后再用。",
    "The template {file} holds what would run or be fetched when it is opened ({part}) and was"
    " not used. Take that out first.",
)
UNPAIRED = W(
    "模板 {file} 中有没有写完的标记（{part}）。请检查每个 {{{{、{{% 是否有对应的 }}}}、%}}。",
    "The template {file} has a tag that does not end ({part}). Check that every {{{{ and {{% has"
    " its }}}} or %}}.",
)
_NEEDED = ("[Content_Types].xml", "word/document.xml")
_ACTING = re.compile(r"vbaproject|/embeddings/|/activex|\.bin$|/afchunk|customui", re.I)
_TYPES = re.compile(rb"macroEnabled|vbaProject|oleObject", re.I)
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>", re.I)
_EXTERNAL = re.compile(rb"TargetMode\s*=\s*[\"']\s*External", re.I)
_LINK = re.compile(rb"/hyperlink[\"']", re.I)
_FIELD = re.compile(rb"<w:instrText[^>]*>([^<]*)</w:instrText>|w:instr\s*=\s*[\"']([^\"']*)")
_FETCHING = re.compile(
    rb"\b(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|DATABASE|MACROBUTTON)\b", re.I
)
_CHUNK = re.compile(rb"<w:(altChunk|object|control|attachedTemplate)\b")
_TAG = re.compile(rb"\{[{%#]")
_ENDS = re.compile(rb"\{\{|\{%|\{#|\}\}|%\}|#\}")
_CLOSES = {b"{{": b"}}", b"{%": b"%}", b"{#": b"#}"}
_MARKUP = re.compile(rb"<[^>]*>")


def check(template: bytes, file: str) -> None:
    """Raise `Refused` unless this is a harmless Word document within the limits."""
    if len(template) > PACKED:
        raise Refused(TOO_LARGE, file=file, part=f"{len(template) >> 20} MB")
    with archive_parts.opened(BytesIO(template), Refused(NO_DOCUMENT, file=file)) as archive:
        _parts(archive, file)


def _parts(archive: zipfile.ZipFile, file: str) -> None:
    names = archive.namelist()
    if any(name not in names for name in _NEEDED) or len(set(names)) != len(names):
        raise Refused(NO_DOCUMENT, file=file)
    if len(names) > MEMBERS:
        raise Refused(TOO_LARGE, file=file, part=f"{len(names)} parts")

    def allowed(name: str) -> int:
        return TEXT if _is_text(name) else INFLATED

    def swollen(name: str, _most: int) -> Refused:
        return Refused(TOO_LARGE, file=file, part=name[:60])

    for part in archive_parts.parts(archive, INFLATED, allowed, swollen):
        content = part.read()
        if _ACTING.search(part.name):
            raise Refused(ACTS, file=file, part=part.name[:60])
        if _is_text(part.name):
            _text(content, part.name, file)


def _is_text(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels"))


def _text(content: bytes, name: str, file: str) -> None:
    """Look through one part of XML."""
    if (
        b"<!DOCTYPE" in content
        or b"<!ENTITY" in content
        or content[:2] in (b"\xff\xfe", b"\xfe\xff")
    ):
        raise Refused(NO_DOCUMENT, file=file)
    if len(_TAG.findall(content)) > TAGS:
        raise Refused(TOO_LARGE, file=file, part=name[:60])
    _paired(content, file)
    outside = (
        one for one in _RELATION.findall(content) if _EXTERNAL.search(one) and not _LINK.search(one)
    )
    if name == _NEEDED[0] and _TYPES.search(content):
        raise Refused(ACTS, file=file, part="macro")
    if next(outside, None) is not None:
        raise Refused(ACTS, file=file, part=name[:60])
    fields = b"".join(one or two for one, two in _FIELD.findall(content))
    found = _FETCHING.search(fields) or _CHUNK.search(content)
    if found is not None:
        raise Refused(ACTS, file=file, part=found[1].decode("ascii", "replace"))


def _paired(content: bytes, file: str) -> None:
    """Each tag ends before the next one begins; else the library would look for its end for long.

    Word may have put marks of its own between the characters of a tag.
    """
    opened = b""
    for found in _ENDS.findall(_MARKUP.sub(b"", content)):
        if found in _CLOSES:
            if opened:
                break
            opened = found
        elif opened and found == _CLOSES[opened]:
            opened = b""
    if opened:
        raise Refused(UNPAIRED, file=file, part=opened.decode())
