"""Gates of an area of one's own: what it declares alone holds, bars, is listed and is told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from models.book.book import Book
from models.book.derived_state import StateView, shown_state
from models.derived import gates
from models.derived.gates import (
    GateDecision,
    GateQuestion,
    HeldState,
    Hold,
    Lack,
    before_passing,
    gate,
)
from models.queries.facts import facts_of, json_of
from models.schema.record import Record, kinds
from models.storage import rows
from models.storage.store import Store
from models.text.words import Refused, W

WHY, WAY = W("还没有回答", "is not answered"), W("请先回答。", "Answer it first.")


@pytest.fixture
def noted(monkeypatch: pytest.MonkeyPatch) -> None:
    """A gate for this test: a site bars the deliveries of the project in its address."""
    monkeypatch.setattr(gates, "_gates", [*gates._gates])
    monkeypatch.setattr(gates, "_passes", dict(gates._passes))

    @gate("site", passes=("retired",))
    def until_retired(asked: GateQuestion) -> Iterator[Hold]:
        for one in rows.fetch(asked.store, kinds["site"], "WHERE address IS NOT NULL ORDER BY n"):
            project = str(one.values()["address"])
            lifted: tuple[Record, ...] = (one,) if one.state == "retired" else ()
            if asked.lifted or not lifted:
                yield Hold(
                    by=(one,),
                    why=WHY,
                    way=WAY,
                    project=project,
                    covers=lambda it: it.type == "delivery",
                    decisions=(GateDecision(one.id, "site"),),
                    lifted=lifted,
                    seen={},
                )


def deliveries(book: Book, project: str) -> tuple[str, str]:
    """Two of them."""
    first, other = (
        book.add("delivery", {"name": name}, project=project).id for name in ("备件", "资料")
    )
    return first, other


def test_one_declaration_is_all_a_gate_needs(noted: None, book: Book, project: str) -> None:
    first, _ = deliveries(book, project)
    milestone = book.add("milestone", {"name": "初验"}, project=project)
    site = book.add("site", {"name": "机房", "address": project})
    said = book.get(first)
    assert shown_state(book.store, said).name == "held"
    with pytest.raises(Refused) as refused:
        book.move(first, "deliver")
    assert f"现场 {site.number} 还没有回答" in str(refused.value)
    assert "请先回答。" in str(refused.value)
    with pytest.raises(Refused, match="不能作废"):
        book.void(first, "重复")
    assert book.move(milestone.id, "done").state == "done"
    view = StateView(book.store)
    assert [fact.short for fact in facts_of(book, said, view)] == [site.number]
    assert json_of(view, said)["held"] == site.number
    assert len(json_of(view, site)["holds"].split(", ")) == 2


def test_who_holds_is_told_with_all_that_it_holds(noted: None, book: Book, project: str) -> None:
    held = deliveries(book, project)
    site = book.add("site", {"name": "机房", "address": project})
    (one,) = HeldState(book.store, project).holders()
    assert (one.record.id, str(one.why)) == (site.id, "还没有回答")
    assert sorted(one.held) == sorted(held)


def test_a_decision_lets_pass_and_what_passed_by_it_stays(
    noted: None, book: Book, project: str
) -> None:
    first, other = deliveries(book, project)
    site = book.add("site", {"name": "机房", "address": project})
    book.move(site.id, "retire", comment="停用")
    book.move(first, "deliver")
    move = list(book.change_log.history(first))[-1].move or {}
    assert move["passing"]["day"] == book.today.isoformat()
    assert move["passing"]["beyond"]["ids"] == [site.id]  # of another space
    book.move(site.id, "restore")
    look = HeldState(book.store)
    assert [one.id for one in look.all_held] == [other]
    assert look.by(book.get(first)) == [] and look.by_id(other)[0].id == site.id


def test_what_names_no_decision_is_held(noted: None, book: Book, project: str) -> None:
    """Done by a device that had not heard of what holds it, as a merge brings it."""
    first, _ = deliveries(book, project)
    book.move(first, "deliver")
    book.add("site", {"name": "机房", "address": project})
    assert first in {one.id for one in HeldState(book.store).all_held}
    assert first in {one.id for one in HeldState(book.store).to_mind("2020-01-01")}
    assert book.get(first).state == "delivered"


def test_nothing_is_noted_where_nothing_holds(book: Book, project: str) -> None:
    first, _ = deliveries(book, project)
    book.move(first, "deliver")
    assert "passing" not in (list(book.change_log.history(first))[-1].move or {})


def test_what_is_passed_is_listed_by_version(book: Book, project: str) -> None:
    first, other = deliveries(book, project)
    book.move(first, "deliver")
    seen = gates.passed_versions(book.store, project)
    assert set(seen) == {first} and other not in seen
    ((device, seq),) = seen[first]
    last = list(book.change_log.history(first))[-1]
    assert (device, seq) == (last.device, last.seq)


def test_what_is_lacking_refuses_the_step_and_holds_nothing(
    monkeypatch: pytest.MonkeyPatch, book: Book, project: str
) -> None:
    monkeypatch.setattr(gates, "_lacks", {})
    first, _ = deliveries(book, project)
    site = book.add("site", {"name": "机房"})

    @before_passing("delivery")
    def no_paper(store: Store, record: Record) -> Iterator[Lack]:
        for one in rows.fetch(store, kinds["site"], "WHERE state<>'retired'"):
            yield Lack((one,), W("没有签收单", "has no receipt"), W("请附上。", "Attach it."))

    said = book.get(first)
    assert shown_state(book.store, said).name == "prepared"
    with pytest.raises(Refused) as refused:
        book.move(first, "deliver")
    assert "还不能进入“已交付”" in str(refused.value)
    assert f"{site.number} 没有签收单。请附上。" in str(refused.value)
    told = list(facts_of(book, said, StateView(book.store)))
    assert [fact.records for fact in told if fact.records] == [(site.id,)]
    book.move(site.id, "retire", comment="停用")
    assert book.move(first, "deliver").state == "delivered"
    book.move(site.id, "restore")
    assert shown_state(book.store, book.get(first)).name == "delivered"
