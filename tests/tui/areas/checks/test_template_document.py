"""The template on paper: one language, a line an item, the version that it replaces."""

from __future__ import annotations

from typing import Literal

import pytest

from models.derived.revision_copy import new_revision
from models.text.words import language
from sync.workspace.workspace import Workspace
from tui.areas import contributions as _  # noqa: F401  (reads what the areas register)
from tui.documents.formats import markdown
from tui.documents.record_text import RecordText
from tui.documents.registry import gather, of_record, subject_of

ITEM = {
    "section_zh": "电源", "section_en": "Power", "text_zh": "浮充电压", "text_en": "Float voltage",
    "answer_kind": "reading", "unit": "V", "low": "53.2", "high": "54.4", "critical": True,
    "method_zh": "万用表测母排", "method_en": "Measure at the busbar", "position": 1,
}  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "there", "absent"),
    [
        ("zh", ("电源日检", "★浮充电压", "53.2 - 54.4 V", "万用表测母排"), "Float voltage"),
        ("en", ("Power, daily", "★Float voltage", "Measure at the busbar"), "浮充电压"),
    ],
)
def test_an_item_is_a_line_in_the_language_of_the_paper(
    workspace: Workspace,
    project: str,
    lang: Literal["zh", "en"],
    there: tuple[str, ...],
    absent: str,
) -> None:
    book = workspace.book
    names = {"name_zh": "电源日检", "name_en": "Power, daily", "frequency": "daily"}
    first = book.add("template", names, project=project)
    book.add("template_item", {"template": first.id, "stable": "float", **ITEM})
    gone = book.add("template_item", {"template": first.id, "text_zh": "撤销的一项"})
    book.void(gone.id, "重复")
    book.move(first.id, "publish")
    made = new_revision(book, book.get(first.id))
    language.now = lang
    try:
        reading = RecordText(workspace)
        subject = subject_of(reading, of_record(made), book.get(made.id))
        said = markdown.text(subject.layout, gather(reading, subject))
    finally:
        language.now = "zh"
    assert all(text in said for text in there), said
    assert absent not in said and "撤销的一项" not in said
    assert f"{first.number} V1" in said and "V2" in said
