"""Layout: what a document consists of, declared once; template and Markdown derive from it.

Each names what it prints by the key under which a document's data holds it.
"""

from __future__ import annotations

from models.frozen import Frozen
from models.text.words import W

PREPARED, REVIEWED, APPROVED = W("编制", "Prepared"), W("审核", "Reviewed"), W("批准", "Approved")
SIGNATURES = (("prepared", PREPARED), ("reviewed", REVIEWED), ("approved", APPROVED))


class DocumentColumn(Frozen):
    """One column of a table: its word, its key in each row, and its share of the width."""

    label: W
    key: str
    share: int


class Facts(Frozen):
    """Short values side by side, two on a line: (word, key)."""

    title: W
    rows: tuple[tuple[W, str], ...]
    tall: tuple[str, ...] = ()
    """Keys whose line is high enough for a signature or a seal."""


class DocumentProse(Frozen):
    """Text of any length under a heading."""

    title: W
    key: str


class DocumentTable(Frozen):
    """RowColumns of a list in the data, under a heading."""

    title: W
    key: str
    columns: tuple[DocumentColumn, ...]
    optional: bool = False
    """Left out, with its heading, where the list is empty."""


class Fields(Frozen):
    """Fields of the record as `Facts`, with their own words; a (word, key) may stand among them."""

    title: W
    rows: tuple[str | tuple[W, str], ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys alone."""
        return tuple(one if isinstance(one, str) else one[1] for one in self.rows)


class FieldProse(Frozen):
    """A field of the record as `DocumentProse`, under its own word."""

    key: str


class RowColumns(Frozen):
    """The rows of a type that the record has, a table of these fields (those of its list)."""

    type: str
    title: W | None = None
    columns: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The name of the list in a document's data."""
        return f"{ROWS}{self.type}"


class Figures(Frozen):
    """Figures by their names (`models.derived.figures`), for the document's project and period."""

    title: W
    names: tuple[str, ...]

    @property
    def key(self) -> str:
        """The name of the list in a document's data."""
        return f"figures_{self.names[0].replace('.', '_')}"


ROWS = "rows_"
"""How the names of tables of rows begin in a document's data; the type's name follows."""
PrintedBlock = Facts | DocumentProse | DocumentTable
Block = PrintedBlock | Fields | FieldProse | RowColumns | Figures


class DocumentLayout(Frozen):
    """A document's parts in order; sign-off and change history follow by themselves."""

    title: W
    blocks: tuple[Block, ...]
    wide: bool = False
    """On landscape pages."""
    signatures: tuple[tuple[str, W], ...] = SIGNATURES
    """The lines of the sign-off: (key, word)."""

    @property
    def printed(self) -> tuple[PrintedBlock, ...]:
        """The parts of a layout as it is printed (`gathering.printed`)."""
        return tuple(one for one in self.blocks if isinstance(one, PrintedBlock))


SIGN_OFF = W("签署", "Sign-off")
ROLE, NAME, DATE = W("职责", "Role"), W("姓名", "Name"), W("日期", "Date")
REMARK = W("说明", "Remark")
NUMBER, VERSION = W("文件编号", "Document no."), W("版本", "Version")
PAGE, OF = W("第", "Page"), W("页，共", "of")
PAGES = W("页", "")
EMPTY = W("无", "None")

CHANGES = DocumentTable(
    W("变更履历", "Change history"),
    "changes",
    (
        DocumentColumn(VERSION, "version", 2),
        DocumentColumn(DATE, "date", 3),
        DocumentColumn(W("变更说明", "Reason"), "reason", 6),
        DocumentColumn(W("发放范围", "Distribution"), "to", 4),
        DocumentColumn(W("签发人", "Issued by"), "by", 3),
    ),
)
ATTACHMENTS = DocumentTable(
    W("附件", "Attachments"),
    "attachments",
    (
        DocumentColumn(W("文件名", "File"), "name", 6),
        DocumentColumn(W("大小", "Size"), "size", 2),
        DocumentColumn(W("提供人", "Added by"), "by", 3),
        DocumentColumn(W("SHA-256 前 16 位", "SHA-256 (16 digits)"), "sum", 4),
    ),
)
NOTES = DocumentTable(
    W("备注", "Notes"),
    "notes",
    (
        DocumentColumn(W("时间", "When"), "at", 3),
        DocumentColumn(W("填写人", "By"), "by", 2),
        DocumentColumn(W("内容", "Text"), "text", 10),
    ),
)
BASICS = W("基本情况", "Basics")
PROJECT, CUSTOMER = W("项目名称", "Project"), W("客户", "Customer")
LINKS = DocumentTable(
    W("关联记录", "Linked records"),
    "links",
    (
        DocumentColumn(W("类型", "Type"), "type", 2),
        DocumentColumn(W("编号与名称", "Number, title"), "name", 8),
        DocumentColumn(W("状态", "State"), "state", 2),
    ),
)
MOVES = DocumentTable(
    W("办理过程", "Actions"),
    "moves",
    (
        DocumentColumn(W("时间", "When"), "at", 4),
        DocumentColumn(W("办理人", "By"), "by", 3),
        DocumentColumn(W("操作", "Action"), "move", 4),
        DocumentColumn(W("结果状态", "State after"), "state", 3),
        DocumentColumn(W("说明", "Comment"), "comment", 6),
    ),
)
FOLLOWED = (W("所依流程", "Procedure"), "procedure_name")
STEPS = DocumentTable(
    W("流程步骤", "Steps of the procedure"),
    "procedure_steps",
    (
        DocumentColumn(W("序号", "No."), "no", 3),
        DocumentColumn(W("做什么", "What"), "what", 10),
        DocumentColumn(W("由谁做", "By whom"), "who", 6),
        DocumentColumn(W("工作日", "Working days"), "days", 4),
        DocumentColumn(W("要求", "How"), "text", 13),
    ),
    optional=True,
)
"""The procedure that a record follows: its name and version, and its steps (`procedure_of`)."""
