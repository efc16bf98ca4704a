"""Table life: drafts copy what is in force, one at a time; what was in use stays as it was."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from models.book.book import Book
from models.book.derived_state import StateView, shown_state
from models.queries.filters import Filter
from models.queries.paging import pages
from models.records.tables.table_life import KEEPERS
from models.records.tables.vocabulary import Vocabulary
from models.schema.roles import ENGINEER
from models.text.words import Refused
from sync.workspace.workspace import Workspace
from tests.support.team import acting, admit


def test_one_draft_at_a_time_each_with_the_next_number(book: Book) -> None:
    first = book.add("vocabulary", {"subject": "cause_class"})
    assert first.values()["version"] == 1 and "-1-" in first.number
    with pytest.raises(Refused, match=f"{first.number} 还是草稿"):
        book.add("vocabulary", {"subject": "cause_class"})
    with pytest.raises(Refused, match="还需要填写：修订原因"):
        book.move(first.id, "use")
    book.move(first.id, "use", {"reason": "试"})
    second = book.add("vocabulary", {"subject": "cause_class"})
    assert second.values()["version"] == 2
    book.void(second.id, "不改了")
    assert book.add("vocabulary", {"subject": "cause_class"}).values()["version"] == 3


def test_a_version_in_use_is_edited_by_nobody(book: Book) -> None:
    made = book.add("vocabulary", {"subject": "cause_class"})
    (term, *_) = (row[0] for row in book.store.rows("SELECT id FROM term ORDER BY position"))
    used = book.move(made.id, "use", {"reason": "试"})
    assert used.values()["used_by"] == book.me and used.values()["used_at"]
    new = {"code": "x", "word_zh": "x", "word_en": "x"}
    writes: tuple[Callable[[], object], ...] = (
        lambda: book.edit(made.id, {"reason": "另"}),
        lambda: book.edit(term, {"word_zh": "改"}),
        lambda: book.add("term", {"vocabulary": made.id, **new}),
        lambda: book.void(made.id, "错"),
    )
    for write in writes:
        with pytest.raises(Refused, match="不能修改"):
            write()


def test_only_keepers_write_them(workspace: Workspace, book: Book) -> None:
    other = acting(workspace, admit(workspace, "周勤", (ENGINEER,)))
    with pytest.raises(Refused, match="没有可填写词表的角色"):
        other.add("vocabulary", {"subject": "cause_class"})
    made = book.add("vocabulary", {"subject": "cause_class"})
    with pytest.raises(Refused, match="“启用”需要角色"):
        other.move(made.id, "use", {"reason": "试"})
    assert Vocabulary.kind.by_move["use"].who == KEEPERS


def test_lists_and_pages_say_alike_which_version_is_replaced(book: Book) -> None:
    ids = []
    for reason in "一二三":
        made = book.add("vocabulary", {"subject": "cause_class"})
        ids.append(book.move(made.id, "use", {"reason": reason}).id)
    book.move(ids[2], "withdraw", comment="有误")
    said = [shown_state(book.store, book.get(id)).name for id in ids]
    assert said == ["replaced", "in_use", "withdrawn"]
    found = pages(book.store, Vocabulary, ("id", "state"), Filter())
    assert found.count() == 3
    at = [found.names.index(name) for name in ("id", "state")]
    listed = {row[at[0]]: row[at[1]] for row in found.window(0, 9)}
    assert [listed[id] for id in ids] == said
    assert StateView(book.store).narrowed("vocabulary", ["replaced"])[0].endswith("IN (?)")
