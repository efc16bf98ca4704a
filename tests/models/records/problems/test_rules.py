"""Rules of the problems: an escalation and its fix, concessions, reports and experience."""

from __future__ import annotations

import pytest

from models.book import permissions, rules
from models.book.book import Book
from models.book.rules import declared_causes
from models.schema.record import Record, kinds
from models.storage import rows
from models.text.words import Refused
from tests.support.escalations import ESCALATED, taken_up
from tests.support.problem_reports import report

SOLVED = {"cause": "老化", "measure": "更换"}


@pytest.fixture
def fix(book: Book, project: str) -> Record:
    """A fix that was escalated."""
    values = {"phenomenon": "链路中断", "cause": "未知", "correction": "重启", "typical": True}
    return book.move(book.add("fix", values, project=project).id, "escalate", ESCALATED)


@pytest.fixture
def escalation(book: Book, fix: Record) -> Record:
    """The escalation that this made."""
    (made,) = rows.fetch(book.store, kinds["escalation"], "WHERE fix=?", (fix.id,))
    return made


def state(book: Book, record: Record) -> str:
    """The state of a record now."""
    return book.get(record.id).state


def close(book: Book, escalation: Record) -> None:
    """Take an escalation from its report to its end."""
    book.move(escalation.id, "accept", taken_up(book))
    book.move(escalation.id, "draft", {"solution": "换模块"})
    book.move(escalation.id, "approve")
    book.move(escalation.id, "fix", SOLVED)
    book.move(escalation.id, "verify", {"verify_method": "观察"})
    book.move(escalation.id, "close")


def test_escalating_makes_the_escalation_of_what_the_fix_says(
    book: Book, fix: Record, escalation: Record
) -> None:
    values = escalation.values()
    assert (values["phenomenon"], values["typical"]) == ("链路中断", True)
    assert (values["cause"], values["done_so_far"]) == ("未知", "重启")
    assert (values["reason_kind"], values["severity"]) == ("complex", "medium")
    assert escalation.occurred == fix.occurred and escalation.project == fix.project


def test_the_fix_follows_its_escalation(book: Book, fix: Record, escalation: Record) -> None:
    book.move(escalation.id, "return", {"advice": "先查光模块"})
    assert state(book, fix) == "open"
    book.move(escalation.id, "resubmit")
    assert state(book, fix) == "escalated"
    close(book, escalation)
    assert state(book, fix) == "closed"
    book.move(escalation.id, "reopen", comment="又发生")
    assert state(book, fix) == "escalated"


def test_a_fix_that_went_another_way_is_left_alone(
    book: Book, fix: Record, escalation: Record
) -> None:
    book.move(escalation.id, "return", {"advice": "先查光模块"})
    solved = book.move(fix.id, "fix", {"cause": "光模块", "correction": "更换"})
    book.move(fix.id, "verify", {"verify_method": "观察"})
    book.move(escalation.id, "resubmit")
    assert state(book, solved) == "verified"  # it is neither open nor fixed
    alone = book.add("escalation", {"phenomenon": "x"}, project=fix.project)
    close(book, alone)
    assert state(book, alone) == "closed"


def test_every_hidden_move_of_a_fix_has_its_cause() -> None:
    hidden = {("fix", move.id) for move in kinds["fix"].kind.moves if move.hidden}
    assert hidden == {step for step in declared_causes() if step[0] == "fix"}


def test_a_concession_names_what_is_ahead_in_its_own_project(book: Book, project: str) -> None:
    due = {"name": "上线", "due": "2026-12-01"}
    ahead = book.add("milestone", due, project=project)
    other = book.add("project", {"name": "另一个"}).id
    elsewhere = book.add("milestone", due, project=other)
    fix = book.add("fix", {"phenomenon": "x"}, project=project)
    for wrong in (elsewhere.id, fix.id, "nothing"):
        with pytest.raises(Refused, match="不是本项目在用的里程碑或交付"):
            book.add("concession", {"situation": "x", "milestone": wrong}, project=project)
    done = book.add("milestone", due, project=project)
    book.move(done.id, "done")
    with pytest.raises(Refused, match="已经完成"):
        book.add("concession", {"situation": "x", "milestone": done.id}, project=project)
    named = book.add("concession", {"situation": "x", "milestone": ahead.id}, project=project)
    assert named.values()["next_milestone"] is None
    free = book.add("concession", {"situation": "x"}, project=project)
    assert free.values()["next_milestone"] == ahead.id
    assert free.values()["next_delivery"] is None


def test_a_report_is_kept_once_its_experience_was_seen(book: Book, project: str) -> None:
    made = report(book, project)
    for move in ("submit", "review", "approve"):
        book.move(made.id, move)
    with pytest.raises(Refused, match="还没有可公开的经验"):
        book.move(made.id, "publish")
    book.add("experience", {"source": made.id})
    assert state(book, made) == "published"


def test_an_experience_names_nobody_when_it_is_made_or_edited(
    book: Book, project: str, world: str
) -> None:
    made = report(book, world)
    for move in ("submit", "review", "approve"):
        book.move(made.id, move)
    kept = book.add("experience", {"source": made.id})
    name = book.store.rows("SELECT name FROM customer")[0][0]
    with pytest.raises(Refused, match=name):
        book.edit(kept.id, {"subject": f"{name}的 UPS"})
    with pytest.raises(Refused, match="已收入经验库"):
        book.add("experience", {"source": made.id})


def test_escalating_asks_why_and_how_severe(book: Book, project: str) -> None:
    made = book.add("fix", {"phenomenon": "x"}, project=project)
    with pytest.raises(Refused, match=r"升级原因.*严重程度"):
        book.move(made.id, "escalate")
    assert book.get(made.id).state == "open"


def test_accepting_names_a_day_and_somebody_of_the_group(book: Book, escalation: Record) -> None:
    with pytest.raises(Refused, match=r"要求完成日期.*攻关组负责人"):
        book.move(escalation.id, "accept")
    proposed = rules.proposed_values(book, escalation, "accept")
    assert proposed["due"] > book.today.isoformat() and proposed["group_lead"] is None
    book.move(escalation.id, "accept", taken_up(book, proposed["due"]))
    sql = "SELECT person FROM group_member WHERE escalation=?"
    assert book.store.rows(sql, (escalation.id,)) == [(book.me,)]
    assert rules.proposed_values(book, book.get(escalation.id), "accept")["group_lead"] == book.me


def test_what_the_fix_said_of_the_cause_is_not_asked_again(book: Book, escalation: Record) -> None:
    book.move(escalation.id, "accept", taken_up(book))
    book.move(escalation.id, "draft", {"solution": "换模块"})
    book.move(escalation.id, "approve")
    ready = book.get(escalation.id)
    fix = ready.kind.by_move["fix"]
    assert "cause" not in fix.asks and permissions.missing(ready, fix, {}) == ["measure"]
    assert book.move(ready.id, "fix", {"measure": "换"}).state == "fixed"


def test_a_problem_with_the_manager_is_not_verified_on_site(
    book: Book, fix: Record, escalation: Record
) -> None:
    book.move(escalation.id, "return", {"advice": "先查光模块"})
    assert state(book, fix) == "open"
    book.move(fix.id, "fix", {"correction": "换光模块"})
    assert book.move(fix.id, "verify").state == "verified"


def test_a_closed_problem_is_marked_without_reopening_it(book: Book, project: str) -> None:
    made = book.add("fix", {"phenomenon": "x", "cause": "c", "correction": "y"}, project=project)
    for move in ("fix", "verify", "close"):
        made = book.move(made.id, move)
    before = made.values()
    with pytest.raises(Refused):
        book.edit(made.id, {"typical": True})
    marked = book.move(made.id, "mark", {"typical": True})
    assert marked.state == "closed"
    assert marked.values() == before | {"typical": True}  # the time of the fix among them
