"""The columns of a list other than a type's fields, the same in exports and imports."""

from __future__ import annotations

from models.schema.fields import Spec
from models.schema.record import Record
from models.text.words import W
from tui.spreadsheets.reading.table import folded

HEADS: dict[str, W] = {
    "number": W("编号", "Number"),
    "state": W("状态", "State"),
    "project": W("项目", "Project"),
    "occurred_at": W("发生时间", "Time"),
    "recorded_at": W("记录时间", "Recorded"),
    "synced_at": W("同步时间", "Synced"),
    "author": W("填写人", "Author"),
    "device": W("设备标识", "Device"),
    "void": W("作废原因", "Void because"),
    "ref": W("外部编号", "Reference"),
    "id": W("标识", "Id"),
    "type": W("类型", "Type"),
    "seen": W("版本", "Version"),
}
TAKEN = {"state", "project", "occurred_at", "void", "ref", "id", "seen"}
"""Heads that an import reads; the others are for people only."""
OWN = {"id", "type", "seen"}
"""Columns that only a list of ours has."""
SHOWN = ".shown"
"""Ends the name of a column that only shows what a link points to."""


def target(cls: type[Record], title: str) -> str:
    """The field or head that a column's title names, by stable name or by label, or ''.

    A field goes before a head, a stable name before a label, and a label that two fields share
    names neither.
    """
    specs, plain = cls.specs(), folded(title)
    for names in (specs, HEADS):
        exact = [name for name in names if folded(name) == plain]
        if exact:
            return exact[0]
    if plain == "occurred":
        return "occurred_at"
    by_label = [name for name, spec in specs.items() if says(spec, title)]
    if len(by_label) == 1:
        return by_label[0]
    heads = [name for name, word in HEADS.items() if plain in map(folded, word)]
    return heads[0] if heads and not by_label else ""


def says(spec: Spec, title: str) -> bool:
    """Whether a title is a field's label in either language."""
    return folded(title) in map(folded, spec.label)


def label(cls: type[Record], name: str) -> W:
    """The label of a column by its stable name."""
    plain = name.removesuffix(SHOWN)
    spec = cls.specs().get(plain)
    return spec.label if spec is not None else HEADS.get(plain, W(name, name))
