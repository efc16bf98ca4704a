"""Facts of every type: what changed since its approval, what holds a record, what it holds."""

from __future__ import annotations

from models.book.book import Book
from models.book.derived_state import StateView
from models.queries.facts import facts_of, json_of
from tests.support.escalations import taken_up


def test_what_was_changed_after_its_approval_is_a_fact_and_in_json(
    book: Book, project: str
) -> None:
    made = book.add("escalation", {"phenomenon": "断网", "place": "A"}, project=project)
    book.move(made.id, "accept", taken_up(book))
    book.move(made.id, "draft", {"solution": "换板卡"})
    approved = book.move(made.id, "approve")
    states = StateView(book.store)
    assert [fact.short for fact in facts_of(book, approved, states) if fact.short] == []
    assert json_of(states, approved)["changed_since_approval"] is None
    changed = book.edit(made.id, {"place": "B"})
    (fact,) = [fact for fact in facts_of(book, changed, states) if fact.short]
    assert (fact.text, fact.tone) == ("批准后改过：具体位置", "warn")
    place = {"type": "escalation", "record": made.id, "field": "place"}
    assert json_of(states, changed)["changed_since_approval"] == [place]


def test_what_is_held_and_what_holds_it_lead_to_each_other(book: Book, project: str) -> None:
    first = book.add("milestone", {"name": "上线", "due": "2026-12-01"}, project=project)
    assert list(facts_of(book, first, StateView(book.store))) == []
    made = [
        book.add("concession", {"situation": "x", "milestone": first.id}, project=project)
        for _ in range(2)
    ]
    view = StateView(book.store)
    (fact,) = facts_of(book, first, view)
    assert fact.short == "、".join(one.number for one in made)
    assert fact.tone == "warn" and "计划中" in fact.text
    found = json_of(view, first)
    assert (found["held"], found["held_state"]) == (", ".join(n.number for n in made), "planned")
    for one in made:
        (holds,) = facts_of(book, one, view)
        assert holds.records == (first.id, project) and str(holds.label) == "因此挂起"
        assert json_of(view, one)["holds"] == f"{first.id}, {project}"
