"""The comparison of two versions as a document: what was added, changed and removed.

Clause: 4.2.3.
"""

from __future__ import annotations

from typing import Any

from models.derived.revision_comparison import compare, pair
from models.text.words import W
from tui.display.views import revision_view
from tui.documents import layout
from tui.documents.frame import DocumentSubject
from tui.documents.layout import (
    BASICS,
    CUSTOMER,
    PROJECT,
    DocumentColumn,
    DocumentLayout,
    DocumentTable,
    Facts,
)
from tui.documents.record_text import RecordText, clean

MARKS = {"+": W("新增", "added"), "-": W("删除", "removed"), "~": W("修改", "changed")} | {
    revision_view.TOUCHED: W("涉及", "concerned")
}
LAYOUT = DocumentLayout(
    W("版本对照", "Comparison of versions"),
    (
        Facts(
            BASICS,
            (
                (PROJECT, "project"),
                (CUSTOMER, "customer"),
                (W("记录", "Record"), "name"),
                (W("对照的版本", "Versions"), "versions"),
                (W("原版本状态", "State before"), "state_before"),
                (W("新版本状态", "State after"), "state_after"),
                (W("不同之处", "Differences"), "totals"),
            ),
        ),
        DocumentTable(
            W("不同之处", "Differences"),
            "differences",
            (
                DocumentColumn(W("变化", "Change"), "mark", 4),
                DocumentColumn(W("行", "Row"), "row", 6),
                DocumentColumn(W("字段", "Field"), "field", 4),
                DocumentColumn(W("原来", "Before"), "before", 7),
                DocumentColumn(W("现在", "After"), "after", 7),
            ),
        ),
        layout.MOVES,
    ),
)


def data(reading: RecordText, subject: DocumentSubject) -> dict[str, Any]:
    """What differs between the record's version and the one before it.

    Raises `Refused` for a record that has no other version.
    """
    store = reading.store
    found = compare(store, *pair(store, subject.about))
    return {
        "name": clean(found.after.title()),
        "versions": clean(revision_view.heading(store, found)),
        "state_before": reading.state(found.before),
        "state_after": reading.state(found.after),
        "totals": revision_view.summary(found),
        "differences": [
            {
                "mark": str(MARKS[one.mark]),
                "row": clean(one.row),
                "field": str(one.field) if one.field is not None else "",
                "before": clean(one.before),
                "after": clean(one.after),
            }
            for one in revision_view.differences(store, found, reading.values.say)
        ],
        "moves": reading.moves(found.after),
    }
