"""Hostile texts, and how to tell whether one of them acted on a terminal.

Each payload is text that a person or another device may have put into a record. Where a payload
holds a sequence of a form that Textual sends too, it carries the number or the word below, so
that it can be told apart in raw output.
"""

from __future__ import annotations

import re
from typing import Final
from unicodedata import category

NUMBER: Final = "7331"
WORD: Final = "HOSTILE"

PAYLOADS: Final[dict[str, str]] = {
    "closing tag": f"[/]{WORD}",
    "unknown closing tag": f"[/x]{WORD}",
    "broken tag": "[a=b c=(]",
    "action tag": "[@click=app.quit]按这里[/]",
    "action tag, odd": "[@click=screen.dismiss(1)]x[/][@click='app.bell']y",
    "style tag": "[bold red on white]红[/bold red on white]",
    "link tag": f"[link=https://example.org/{WORD}]x[/link]",
    "unterminated tag": "[b + c",
    "list": "[true, false] [1] [] [ ]",
    "cabinet": "[柜号 A-01] 更换[主板]（见《报告》[3]）",
    "trailing backslash": "路径 C:\\",
    "backslash and bracket": "\\[/] \\\\[b]",
    "rich emoji": ":smile: :warning:",
    "colour": f"\x1b[{NUMBER};31m红\x1b[0;{NUMBER}m",
    "cursor move": f"\x1b[{NUMBER};1H\x1b[2A上移",
    "clear screen": f"\x1b[2J\x1b[3J\x1b[H{WORD}",
    "private mode": f"\x1b[?{NUMBER}h\x1b[?{NUMBER}l",
    "status report": "\x1b[6n\x1b[c",
    "reset": f"\x1bc{WORD}\x1b#8",
    "charset": f"\x1b(0{WORD}\x0e\x0f",
    "clipboard": f"\x1b]52;c;{WORD}\x07剪贴板",
    "title": f"\x1b]0;{WORD}\x07标题",
    "title, ST": f"\x1b]2;{WORD}\x1b\\标题",
    "hyperlink": f"\x1b]8;;https://example.org/{WORD}\x1b\\x\x1b]8;;\x1b\\",
    "device control": f"\x1bPq{WORD}\x1b\\",
    "unfinished escape": f"{WORD}\x1b",
    "C1 CSI": f"\x9b{NUMBER}m\x9b2J",
    "C1 OSC": f"\x9d0;{WORD}\x9c",
    "bell": f"\x07{WORD}\x07",
    "backspaces": f"合格{chr(8) * 4}不合格",
    "carriage return": "不合格\r合格",
    "delete, vertical tab, form feed": "a\x7fb\x0bc\x0cd",
    "bidi override": "付款\u202e001\u202c元",
    "bidi isolate": "\u2066左\u2067右\u2069\u200f\u061c",
    "invisible": "a\u200bb\ufeffc\u00add\u2060e\u180ef",
    "tags": "旗\U000e0041\U000e007f",
    "line separators": "一\u2028二\u2029三\x85四",
    "private use": "\ue000\U000f0000\U0010ffff",
    "interlinear": "\ufff9注\ufffa音\ufffb",
    "joined emoji": "👨\u200d👩\u200d👧\u200d👦 ❤\ufe0f 🇨🇳 1\ufe0f\u20e3",
    "loose joiners": "\u200d好\u200d\u200d \u200c好\u200d",
    "combining stack": "e" + "\u0301\u0316\u0332" * 40 + "好" + "\u0335" * 200,
    "lone combining": "\u0301\u20dd",
    "decomposed": "e\u0301 か\u3099 각",
    "template": "{{7*7}} {% raw %} {0} {name} %s %(x)s",
    "formula": "=1+1",
    "formula, at": "@SUM(A1:A9)+cmd|' /C calc'!A0",
    "quotes": "'; DROP TABLE fix; -- \" ` ''",
    "like and match": '100%_ "NEAR(" OR *) AND -',
    "angle brackets": "温度<5℃ & a > b <script>&amp;",
    "path": "../../etc/passwd\\..\\CON",
    "long han": "机房温度超限" * 500,
    "long word": "x" * 3000,
    "CRLF": "第一行\r\n第二行\r\n",
    "tabs": "柜\t号\t\tA-01",
    "newlines": "\n\n一\n\n",
    "spaces": "   　 \xa0 ",
    "full width": "ＡＢＣ：（１２３）",
    "right to left": "שלום مرحبا",
    "ambiguous": "①②℃×—…“”·■→",
}
REFUSED: Final[dict[str, str]] = {"NUL": "a\x00b", "lone surrogate": "a\ud800b"}
"""What is refused at entry, and must still not act if it is met."""

_SEQUENCE: Final = re.compile(
    "\x1b\\[(?P<csi>[0-?]*[ -/]*[@-~])"  # as a terminal reads it: ESC [ … final byte
    "|\x1b\\](?P<osc>[^\x07\x1b]*(?:\x07|\x1b\\\\|$))"
    "|(?P<escape>\x1b.?)"
    "|(?P<control>[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f]|\r(?!\r*\n))",
    re.DOTALL,
)
_TEXTUAL: Final = re.compile(r"[0-9;:]*m|[0-9]+;[0-9]+H|\?[0-9;]+[hl]|\?[0-9]+\$p|[<>=?][0-9;]*u")
_POINTER: Final = re.compile("22;[a-z-]*\x07")
"""The sequences that Textual sends for a full screen: style, position, modes, keyboard, pointer."""


def acting(output: bytes) -> list[str]:
    """What acts on the terminal in raw output, beyond what Textual itself sends; [] is good.

    Sequences are told apart by their form, and by the marks that payloads carry in forms that
    Textual uses too. Bytes that are no UTF-8 act too: some terminals read them as C1.
    """
    try:
        text = output.decode()
    except UnicodeDecodeError as error:
        return [f"not UTF-8: {output[error.start : error.start + 4]!r}"]
    found = [_named(match) for match in _SEQUENCE.finditer(text) if _foreign(match)]
    rest = _SEQUENCE.sub("", text)
    return found + [f"U+{ord(char):04X}" for char in sorted(set(rest)) if _acts(char)]


def _foreign(match: re.Match[str]) -> bool:
    """Whether a control sequence is none of Textual's."""
    if match["osc"]:
        return _POINTER.fullmatch(match["osc"]) is None
    csi = match["csi"]
    return csi is None or NUMBER in csi or _TEXTUAL.fullmatch(csi) is None


def _named(match: re.Match[str]) -> str:
    """A sequence in words."""
    return f"{match.lastgroup} {match[0]!r}"


def _acts(char: str) -> bool:
    """Whether a character that is part of no sequence turns, hides or breaks text."""
    kind = category(char)
    return char not in "\r\n\u200c\u200d" and kind in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
