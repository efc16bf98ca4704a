"""Blocks: what a document consists of, declared once; template and Markdown derive from it.

Each names what it prints by the key under which a document's data holds it.
"""

from __future__ import annotations

from dataclasses import dataclass

from models.text.words import W


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its word, its key in each row, and its share of the width."""

    label: W
    key: str
    share: int


@dataclass(frozen=True, slots=True)
class Facts:
    """Short values side by side, two on a line: (word, key)."""

    title: W
    rows: tuple[tuple[W, str], ...]
    tall: tuple[str, ...] = ()
    """Keys whose line is high enough for a signature or a seal."""


@dataclass(frozen=True, slots=True)
class Prose:
    """Text of any length under a heading."""

    title: W
    key: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of a list in the data, under a heading."""

    title: W
    key: str
    columns: tuple[Column, ...]


Block = Facts | Prose | Table


@dataclass(frozen=True, slots=True)
class Layout:
    """A document's parts in order; sign-off and change history follow by themselves."""

    title: W
    blocks: tuple[Block, ...]
    wide: bool = False
    """On landscape pages."""


PREPARED, REVIEWED, APPROVED = W("编制", "Prepared"), W("审核", "Reviewed"), W("批准", "Approved")
SIGN_OFF = W("签署", "Sign-off")
ROLE, NAME, DATE = W("职责", "Role"), W("姓名", "Name"), W("日期", "Date")
REMARK = W("说明", "Remark")
NUMBER, VERSION = W("文件编号", "Document no."), W("版本", "Version")
PAGE, OF = W("第", "Page"), W("页，共", "of")
PAGES = W("页", "")
EMPTY = W("无", "None")

SIGNATURES = (("prepared", PREPARED), ("reviewed", REVIEWED), ("approved", APPROVED))
CHANGES = Table(
    W("变更履历", "Change history"),
    "changes",
    (
        Column(VERSION, "version", 2),
        Column(DATE, "date", 3),
        Column(W("变更说明", "Reason"), "reason", 6),
        Column(W("发放范围", "Distribution"), "to", 4),
        Column(W("签发人", "Issued by"), "by", 3),
    ),
)
ATTACHMENTS = Table(
    W("附件", "Attachments"),
    "attachments",
    (
        Column(W("文件名", "File"), "name", 6),
        Column(W("大小", "Size"), "size", 2),
        Column(W("提供人", "Added by"), "by", 3),
        Column(W("校验值（SHA-256 前 16 位）", "SHA-256, first 16 digits"), "sum", 4),
    ),
)
NOTES = Table(
    W("备注", "Notes"),
    "notes",
    (
        Column(W("时间", "When"), "at", 3),
        Column(W("填写人", "By"), "by", 2),
        Column(W("内容", "Text"), "text", 10),
    ),
)
MOVES = Table(
    W("办理过程", "Course"),
    "moves",
    (
        Column(W("时间", "When"), "at", 4),
        Column(W("办理人", "By"), "by", 3),
        Column(W("操作", "Move"), "move", 4),
        Column(W("结果状态", "State after"), "state", 3),
        Column(W("说明", "Comment"), "comment", 6),
    ),
)
