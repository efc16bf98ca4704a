"""Encoding: how a file of text was written, from its first bytes or from all of them.

UTF-8 (with or without its mark) or UTF-16 by its mark, else GB 18030, which Chinese offices write.
A UTF-8 file with a few broken bytes is still read as UTF-8: only the rows that hold them are
refused.
"""

from __future__ import annotations

import codecs
from pathlib import Path

from models.text.words import Refused, W
from tui.spreadsheets.reading.table import MIB

BAD_BYTES = W(
    "文件 {file} 第 {line} 行附近不是 UTF-8，也不是 GB18030 文字。"
    "请另存为 UTF-8，或用 --encoding 指明。",
    "Near line {line} the file {file} is neither UTF-8 nor GB 18030 text. Save it as UTF-8, or say"
    " --encoding.",
)
NO_ENCODING = W(
    "不认识编码“{name}”。可用例如：utf-8、gb18030、big5、utf-16。",
    "The encoding “{name}” is not known. Use for example utf-8, gb18030, big5 or utf-16.",
)
GUESSED = W(
    "文件 {file} 不是 UTF-8，按 GB18030 读取。若文字不对，请用 --encoding 指明编码。",
    "The file {file} is not UTF-8 and was read as GB 18030. If the text is wrong, say --encoding.",
)
BROKEN = W(
    "含有不能识别的字节，请另存为 UTF-8 后重新填写",
    "contains bytes that are not text; save the file as UTF-8 and enter the text again",
)
MOSTLY = 10
"""A file counts as UTF-8 when it has this many times more characters than broken bytes."""


def of(path: Path) -> str:
    """The name of the encoding a file is written in. Raises `Refused` when it is no text."""
    with path.open("rb") as file:
        head = file.read(4)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    wide, broken, line = _count(path)
    if broken and wide < MOSTLY * broken:
        if _reads(path, "gb18030"):
            return "gb18030"
        raise Refused(BAD_BYTES, file=path.name, line=line)
    return "utf-8-sig"


def known(name: str) -> str:
    """The encoding a person named. Raises `Refused` when there is none of that name."""
    try:
        found = codecs.lookup(name)
        "".encode(name)
    except (LookupError, ValueError, TypeError):
        raise Refused(NO_ENCODING, name=name) from None
    return "utf-8-sig" if found.name == "utf-8" else found.name


def broken(text: str) -> bool:
    """Whether a text contains bytes that were not text (read as half characters)."""
    return not text.isascii() and any("\udc80" <= char <= "\udcff" for char in text)


def _count(path: Path) -> tuple[int, int, int]:
    """Characters beyond ASCII, broken bytes, and the line of the first of those, read as UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    wide = bad = lines = first = 0
    with path.open("rb") as file:
        while chunk := file.read(MIB):
            text = decoder.decode(chunk)
            if not text.isascii():
                odd = sum(1 for char in text if "\udc80" <= char <= "\udcff")
                if odd and not bad:
                    place = next(at for at, char in enumerate(text) if "\udc80" <= char <= "\udcff")
                    first = lines + text.count("\n", 0, place) + 1
                bad += odd
                wide += sum(1 for char in text if char > "\x7f") - odd
            lines += text.count("\n")
    return wide, bad, first


def _reads(path: Path, name: str) -> bool:
    decoder = codecs.getincrementaldecoder(name)()
    try:
        with path.open("rb") as file:
            while chunk := file.read(MIB):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
