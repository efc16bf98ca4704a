"""What a concession holds is marked done by no way, and shows as held, until it is approved."""

from __future__ import annotations

from datetime import date

import pytest

from models.book.book import Book
from models.book.derived_state import StateView, shown_state
from models.book.writing.evidence import newest_file
from models.calendar.business_dates import instant
from models.derived.gates import HeldState
from models.queries.facts import json_of
from models.queries.filters import Filter
from models.queries.paging import Listed, pages
from models.queries.record_json import plain
from models.queries.suggestions import offers
from models.queries.waiting.agenda import agenda
from models.records.problems.concessions import concession_validity
from models.schema.record import Record, kinds
from models.storage import rows
from models.storage.store import Store
from models.text.words import Refused
from sync.log.change_log import Log
from sync.workspace.workspace import Workspace
from tests.support.asked import asked
from tests.support.escalations import ESCALATED, taken_up
from tests.support.team import acting, admit

WHY = {
    "requirement": "双路市电接入",
    "situation": "园区第二路市电要到明年三月才送电",
    "cause_kind": "environment",
    "why_uncontrollable": "供电工程由园区负责",
    "follow_up": "送电后一周内完成双路切换",
    "follow_up_by": "2027-03-31",
}
SENT = {"addressee": "customer", "addressee_name": "信息中心 李主任", "valid_to": "2027-04-30"}
DECIDED = {"decided_by": "李主任", "decided_on": "2026-11-20", "decision_channel": "letter"}

HOLDING = 'FROM "concession" WHERE (state NOT IN'
"""In the question what is held now, and in no other."""


def held(store: Store) -> set[str]:
    """The ids of all that is held now."""
    return {one.id for one in HeldState(store).all_held}


def withdrawn(book: Book, lead: Book, id: str, why: str = "error") -> Record:
    """A concession withdrawn by one person and confirmed by another."""
    book.move(id, "withdraw", {"withdrawal": why}, comment="写错了")
    return lead.move(id, "confirm_withdrawal")


class Gate:
    """A project with two milestones and two deliveries, and concessions over them."""

    def __init__(self, book: Book, project: str) -> None:
        self.book, self.project = book, project
        self.first = self.add("milestone", "初验", "2026-12-01")
        self.second = self.add("milestone", "终验", "2027-06-01")
        self.spares = self.add("delivery", "备件", "2026-12-10")
        self.papers = self.add("delivery", "竣工资料", "2027-05-20")

    def add(self, type: str, name: str, due: str | None = None) -> str:
        return self.book.add(type, {"name": name, "due": due}, project=self.project).id

    def concession(self, **values: object) -> Record:
        return self.book.add("concession", {**WHY, **values}, project=self.project)

    def sent(self, **values: object) -> Record:
        made = self.concession(**values)
        self.book.move(made.id, "inform")
        return self.book.move(made.id, "send", SENT)

    def attach(self, id: str, name: str = "复函.pdf") -> str:
        values = {"about": id, "name": name, "sha256": "0" * 64}
        return self.book.add("attachment", values).id

    def decide(self, id: str, move: str, **values: object) -> Record:
        self.attach(id)
        return self.book.move(id, move, {**DECIDED, **values})

    def after(self, day: str) -> None:
        """Set the clock to noon of a day."""
        noon = instant(date.fromisoformat(day), 720)
        self.book.change_log._now = lambda: noon  # type: ignore[attr-defined]

    def held(self) -> set[str]:
        return held(self.book.store)

    def problem(self, type: str) -> Record:
        return self.book.add(type, {"phenomenon": "单路市电"}, project=self.project)

    def solve(self, problem: Record, lead: Book | None = None, *, verified: bool = True) -> None:
        if problem.type == "escalation":
            self.book.move(problem.id, "accept", taken_up(self.book))
            self.book.move(problem.id, "draft", {"solution": "双路"})
            (lead or self.book).move(problem.id, "approve")
        said = {"fix": {"correction": "已接"}, "escalation": {"cause": "停电", "measure": "已接"}}
        self.book.move(problem.id, "fix", said[problem.type])
        if verified:
            self.book.move(problem.id, "verify")

    def refused(self, id: str, move: str = "done") -> str:
        before = self.book.get(id)
        with pytest.raises(Refused) as caught:
            self.book.move(id, move)
        assert self.book.get(id).dots == before.dots
        return str(caught.value)


@pytest.fixture
def gate(book: Book, project: str) -> Gate:
    """The project of that."""
    return Gate(book, project)


@pytest.fixture
def lead(workspace: Workspace) -> Book:
    """The same book in the hands of a second person who leads."""
    return acting(workspace, admit(workspace, "段工", ["department_manager"]))


def test_the_named_one_is_held_in_every_state_until_it_is_decided(gate: Gate) -> None:
    made = gate.concession(milestone=gate.second)
    everything = {gate.second, gate.spares, gate.papers, gate.project}
    for move, values in (("inform", {}), ("endorse", {}), ("send", SENT)):
        assert gate.held() == everything
        said = gate.refused(gate.second)
        assert made.number in said and "终验" in said and "挂起" in said and "撤回" in said
        gate.book.move(made.id, move, values)
    assert gate.held() == everything
    assert gate.book.move(gate.first, "done").state == "done"
    gate.decide(made.id, "approve")
    assert gate.held() == set()
    assert gate.book.move(gate.second, "done").state == "done"


@pytest.mark.parametrize(
    ("move", "values", "state"),
    [
        ("approve", {}, "approved"),
        ("approve_with_conditions", {"conditions": "每周巡检两次"}, "conditional"),
    ],
)
def test_an_approval_lifts_it(gate: Gate, move: str, values: dict[str, str], state: str) -> None:
    made = gate.sent(delivery=gate.spares)
    assert "不能进入“已交付”" in gate.refused(gate.spares, "deliver")
    decided = gate.decide(made.id, move, **values)
    assert decided.state == state and decided.values()["witness"] == gate.book.me
    assert gate.book.move(gate.spares, "deliver").state == "delivered"
    assert gate.book.move(gate.project, "complete").state == "completed"


def test_a_refusal_holds_on(gate: Gate, lead: Book) -> None:
    made = gate.sent(milestone=gate.first)
    gate.decide(made.id, "refuse")
    said = gate.refused(gate.first)
    assert made.number in said and "未获客户批准" in said
    for id, move in ((gate.second, "done"), (gate.papers, "deliver"), (gate.project, "complete")):
        gate.refused(id, move)
    with pytest.raises(Refused):
        gate.book.move(made.id, "close")
    withdrawn(gate.book, lead, made.id)
    assert gate.held() == set()


@pytest.mark.parametrize("steps", [(), ("inform",), ("inform", "endorse"), ("inform", "return")])
def test_a_withdrawal_lifts_it_once_a_second_lead_confirms(
    gate: Gate, lead: Book, steps: tuple[str, ...]
) -> None:
    made = gate.concession(milestone=gate.first)
    for step in steps:
        (lead if step == "endorse" else gate.book).move(made.id, step, comment="缺照片")
    with pytest.raises(Refused, match="理由"):
        gate.book.move(made.id, "withdraw", {"withdrawal": "error"})
    with pytest.raises(Refused, match="撤回原因"):
        gate.book.move(made.id, "withdraw", comment="写错了")
    gate.book.move(made.id, "withdraw", {"withdrawal": "error"}, comment="写错了")
    assert gate.first in gate.held() and "待确认" in gate.refused(gate.first)
    with pytest.raises(Refused, match="另一个人"):
        gate.book.move(made.id, "confirm_withdrawal")
    assert lead.move(made.id, "confirm_withdrawal").state == "withdrawn"
    assert gate.held() == set()


def test_no_second_person_confirms_no_withdrawal(gate: Gate) -> None:
    """The mark 'no second person' does not serve here."""
    made = gate.concession()
    gate.book.move(made.id, "withdraw", {"withdrawal": "error"}, comment="写错了")
    with pytest.raises(Refused, match="另一个人"):
        gate.book.move(made.id, "confirm_withdrawal")
    assert gate.first in gate.held()


def test_a_second_lead_may_keep_it(gate: Gate, lead: Book) -> None:
    made = gate.concession()
    gate.book.move(made.id, "withdraw", {"withdrawal": "solved"}, comment="已好")
    assert lead.move(made.id, "keep", comment="没有好").state == "returned"
    assert gate.first in gate.held()


def test_one_that_is_replaced_names_the_other(gate: Gate, lead: Book) -> None:
    made, other = gate.concession(), gate.concession()
    with pytest.raises(Refused, match="替代"):
        gate.book.move(made.id, "withdraw", {"withdrawal": "replaced"}, comment="重写")
    values = {"withdrawal": "replaced", "replaced_by": other.id}
    gate.book.move(made.id, "withdraw", values, comment="重写")
    lead.move(made.id, "confirm_withdrawal")
    assert other.number in gate.refused(gate.first) and made.number not in gate.refused(gate.first)


def test_naming_only_the_project_holds_everything_not_done(gate: Gate) -> None:
    gate.book.move(gate.first, "done")
    made = gate.concession()
    assert gate.held() == {gate.second, gate.spares, gate.papers, gate.project}
    assert (made.values()["next_milestone"], made.values()["milestone"]) == (gate.second, None)
    gate.refused(gate.second)
    for id in (gate.spares, gate.papers):
        gate.refused(id, "deliver")
    gate.refused(gate.project, "complete")
    late = gate.add("milestone", "缺陷期满", "2020-01-01")
    assert late in gate.held()


def test_what_comes_before_what_it_names_is_free(gate: Gate) -> None:
    undated = gate.add("milestone", "未定")
    same = gate.add("milestone", "同日", "2027-06-01")
    gate.concession(milestone=gate.second)
    assert gate.held() >= {gate.second, undated, same, gate.spares, gate.papers, gate.project}
    early = gate.add("milestone", "到货", "2026-11-01")
    assert not {gate.first, early} & gate.held()
    gate.book.move(gate.first, "done")


def test_no_due_day_leads_past_it(gate: Gate) -> None:
    last = gate.add("milestone", "缺陷期满", "2028-06-01")
    gate.concession(milestone=gate.second)
    with pytest.raises(Refused, match="不能早于 2027-06-01"):
        gate.book.edit(last, {"due": "2027-05-31"})
    gate.book.edit(last, {"due": "2027-06-01"})
    gate.book.edit(last, {"due": None})
    gate.book.edit(gate.second, {"due": "2029-01-01"})
    assert {gate.second, last} <= gate.held()
    gate.book.edit(gate.first, {"due": "2027-06-02"})
    assert gate.first in gate.held()


def test_what_is_named_without_a_day_holds_everything(gate: Gate) -> None:
    undated = gate.add("milestone", "未定")
    gate.concession(milestone=undated)
    gate.book.edit(undated, {"due": "2099-01-01"})
    assert {gate.first, gate.second, undated} <= gate.held()


def test_what_was_done_before_stays_done(gate: Gate) -> None:
    gate.book.move(gate.first, "done")
    gate.book.move(gate.spares, "deliver")
    made = gate.concession()
    assert not {gate.first, gate.spares} & gate.held()
    gate.attach(gate.spares, "签收单.pdf")
    assert made.number in gate.refused(gate.spares, "accept")
    gate.book.move(gate.first, "reopen", comment="缺签字")
    assert gate.first in gate.held()
    gate.refused(gate.first)


def test_a_project_completed_before_stays_completed(gate: Gate) -> None:
    gate.book.move(gate.project, "complete")
    gate.concession()
    assert gate.project not in gate.held()


def test_another_project_is_free(gate: Gate) -> None:
    other = gate.book.add("project", {"name": "另一个项目"}).id
    free = gate.book.add("milestone", {"name": "初验"}, project=other)
    gate.concession()
    assert gate.book.move(free.id, "done").state == "done"
    theirs = gate.book.add("milestone", {"name": "终验"}, project=other)
    with pytest.raises(Refused, match="本项目"):
        gate.concession(milestone=theirs.id)
    with pytest.raises(Refused, match="本项目"):
        gate.concession(milestone=gate.spares)


def test_one_that_is_over_needs_no_concession(gate: Gate) -> None:
    gate.book.move(gate.first, "done")
    with pytest.raises(Refused, match="已经完成"):
        gate.concession(milestone=gate.first)


def test_an_accepted_delivery_needs_evidence_and_no_hold(gate: Gate, lead: Book) -> None:
    gate.book.move(gate.spares, "deliver")
    made = gate.concession(delivery=gate.spares)
    gate.attach(gate.spares, "签收单.pdf")
    assert made.number in gate.refused(gate.spares, "accept")
    withdrawn(gate.book, lead, made.id)
    with pytest.raises(Refused, match="客户接收人"):
        gate.book.move(gate.spares, "accept")
    accepted = gate.book.move(gate.spares, "accept", {"accepted_by": "李主任"})
    assert accepted.state == "accepted" and accepted.values()["evidence"]


# -- no way past it ------------------------------------------------------------------------------


def test_what_it_names_cannot_be_changed(gate: Gate) -> None:
    made = gate.concession(milestone=gate.first)
    for value in (gate.second, None):
        with pytest.raises(Refused, match="在新建时确定"):
            gate.book.edit(made.id, {"milestone": value})
    with pytest.raises(Refused, match="在新建时确定"):
        gate.book.edit(made.id, {"fix": gate.problem("fix").id})
    assert gate.book.edit(made.id, {"milestone": gate.first, "risk": "单路断电"})
    assert gate.first in gate.held()


def test_an_undecided_one_is_not_voided_away(gate: Gate, lead: Book) -> None:
    made = gate.concession(milestone=gate.first)
    with pytest.raises(Refused, match="撤回"):
        gate.book.void(made.id, "写错了")
    with pytest.raises(Refused, match="不能作废"):
        gate.book.void(gate.first, "不要了")
    gate.book.move(made.id, "withdraw", {"withdrawal": "error"}, comment="写错了")
    with pytest.raises(Refused, match="待确认撤回"):
        gate.book.void(made.id, "写错了")
    lead.move(made.id, "confirm_withdrawal")
    with pytest.raises(Refused, match="已撤回"):
        gate.book.void(made.id, "写错了")
    assert gate.book.void(gate.first, "不要了").void == "不要了"


def test_what_was_voided_before_is_not_held(gate: Gate) -> None:
    gate.book.void(gate.first, "并入终验")
    made = gate.concession()
    assert gate.held() == {gate.second, gate.spares, gate.papers, gate.project}
    assert made.values()["next_milestone"] == gate.second


def test_an_import_neither_finishes_what_is_held_nor_decides(gate: Gate) -> None:
    made = gate.concession(milestone=gate.first)
    with pytest.raises(Refused, match="挂起"):
        gate.book.imported(gate.first, "done")
    for state in ("approved", "refused", "withdrawn", "closed"):
        with pytest.raises(Refused, match="早已在簿中"):
            gate.book.imported(made.id, state)
    assert gate.first in gate.held()


# -- the problem that it names -------------------------------------------------------------------


@pytest.mark.parametrize("type", ["fix", "escalation"])
def test_the_verified_solution_of_its_problem_lifts_it(gate: Gate, type: str) -> None:
    problem = gate.problem(type)
    made = gate.concession(milestone=gate.first, **{type: problem.id})
    gate.solve(problem, verified=False)
    assert made.number in gate.refused(gate.first)
    gate.book.move(problem.id, "verify")
    assert gate.held() == set()
    gate.book.move(gate.first, "done")
    gate.book.move(problem.id, "reopen", comment="又坏了")
    assert gate.held() == {gate.second, gate.spares, gate.papers, gate.project}


@pytest.mark.parametrize("type", ["fix", "escalation"])
def test_a_withdrawal_leaves_its_unverified_problem_holding(
    gate: Gate, lead: Book, type: str
) -> None:
    problem = gate.problem(type)
    made = gate.concession(milestone=gate.second, **{type: problem.id})
    before = gate.held()
    withdrawn(gate.book, lead, made.id, "solved")
    assert gate.held() == before
    said = gate.refused(gate.second)
    assert problem.number in said and made.number not in said and "尚未验证" in said
    with pytest.raises(Refused, match="不能作废"):
        gate.book.void(problem.id, "误填")
    gate.solve(problem, lead)
    assert gate.held() == set()


def test_an_escalated_fix_is_solved_with_its_escalation(gate: Gate) -> None:
    fix = gate.problem("fix")
    gate.concession(milestone=gate.first, fix=fix.id)
    gate.book.move(fix.id, "escalate", ESCALATED)
    (raised,) = rows.fetch(gate.book.store, kinds["escalation"], "WHERE fix=?", (fix.id,))
    gate.solve(raised)
    assert gate.held() == set()


def test_a_problem_of_another_project_or_a_solved_one_needs_none(gate: Gate) -> None:
    other = gate.book.add("project", {"name": "另一个项目"}).id
    theirs = gate.book.add("fix", {"phenomenon": "x"}, project=other)
    with pytest.raises(Refused, match="不是本项目"):
        gate.concession(fix=theirs.id)
    solved = gate.problem("fix")
    gate.solve(solved)
    with pytest.raises(Refused, match="已经验证"):
        gate.concession(fix=solved.id)


def test_a_decision_needs_the_customers_words_on_file(gate: Gate) -> None:
    made = gate.sent(milestone=gate.first)
    with pytest.raises(Refused, match="还没有凭据"):
        gate.book.move(made.id, "approve", DECIDED)
    other = gate.attach(gate.first)
    with pytest.raises(Refused, match="还没有凭据"):
        gate.book.move(made.id, "approve", {**DECIDED, "evidence": other})
    gate.attach(made.id, "旧照片.jpg")
    with pytest.raises(Refused, match="还没有凭据"):
        gate.book.move(made.id, "approve", {**DECIDED, "evidence": other})
    letter = gate.attach(made.id)
    assert gate.book.move(made.id, "approve", DECIDED).values()["evidence"] == letter


def test_of_files_attached_in_one_millisecond_the_last_one_counts(gate: Gate) -> None:
    assert isinstance(gate.book.change_log, Log)
    made = gate.sent(milestone=gate.first)
    now = gate.book.change_log.now()
    gate.book.change_log._now = lambda: now
    files = [gate.attach(made.id, f"{number}.jpg") for number in range(12)]
    assert newest_file(gate.book.store, made.id) == files[-1]


def test_a_second_person_endorses(workspace: Workspace, gate: Gate) -> None:
    lead = acting(workspace, admit(workspace, "段工", ["department_manager"]))
    made = gate.concession()
    gate.book.move(made.id, "inform")
    with pytest.raises(Refused, match="另一个人"):
        gate.book.move(made.id, "endorse")
    assert lead.move(made.id, "endorse", {"opinion": "同意"}).values()["opinion"] == "同意"


def test_an_engineer_drafts_and_a_manager_sends_and_records(
    workspace: Workspace, gate: Gate
) -> None:
    engineer = acting(workspace, admit(workspace, "小林", ["engineer"]))
    made = engineer.add("concession", WHY, project=gate.project)
    engineer.move(made.id, "inform")
    with pytest.raises(Refused, match="项目经理、部门经理"):
        engineer.move(made.id, "send", SENT)
    desk = acting(workspace, admit(workspace, "服务台", ["service_desk"]))
    with pytest.raises(Refused, match="角色"):
        desk.add("concession", WHY, project=gate.project)


# -- every view ----------------------------------------------------------------------------------


def shown(workspace: Workspace, wanted: Filter) -> list[str]:
    """Numbers of the milestones that a list with this filter shows."""
    found = pages(workspace.store, kinds["milestone"], ("number",), wanted)
    if isinstance(found, Listed):
        found.find()
    found.count()
    return sorted(row[found.names.index("number")] for row in found.window(0, 20))


def numbers(book: Book, *ids: str) -> list[str]:
    return sorted(book.get(id).number for id in ids)


def test_lists_know_held_as_a_state(workspace: Workspace, gate: Gate) -> None:
    gate.concession(milestone=gate.second)
    held, planned = numbers(gate.book, gate.second), numbers(gate.book, gate.first)
    assert shown(workspace, Filter(states=("held",))) == held
    assert shown(workspace, Filter(states=("planned",))) == planned
    assert shown(workspace, Filter(states=("planned", "held"), project=gate.project)) == sorted(
        held + planned
    )
    assert shown(workspace, Filter(states=("held",), words="终验")) == held
    assert shown(workspace, Filter(states=("held",), words="初验")) == []


def test_many_records_cost_one_question(gate: Gate) -> None:
    gate.concession(milestone=gate.second)
    every = [gate.book.get(id) for id in (gate.first, gate.second, gate.spares, gate.papers)]
    look = StateView(gate.book.store)
    with asked(gate.book.store, HOLDING) as said:
        states = [look.state(one).name for one in every]
        found = [json_of(look, one)["held"] is not None for one in every]
        assert gate.second in look.narrowed("milestone", ["held"])[1][0]
    assert states == ["planned", "held", "held", "held"]
    assert found == [False, True, True, True] and len(said) == 1


def test_a_picker_asks_once_what_is_held(gate: Gate) -> None:
    gate.concession(milestone=gate.first)
    with asked(gate.book.store, HOLDING) as said:
        found = offers(gate.book, "milestone", "")
    assert [offer.id for offer in found] == [gate.second, gate.first] and len(said) == 1


def test_nobody_asks_where_nothing_can_be_held(gate: Gate) -> None:
    gate.concession(milestone=gate.first)
    note = gate.book.add("note", {"about": gate.first, "text": "已催"})
    with asked(gate.book.store, HOLDING) as said:
        assert shown_state(gate.book.store, note).name == note.state
        assert StateView(gate.book.store).sql("fix") == ("state", [])
    assert said == []


def test_a_list_asks_only_where_states_are_filtered(workspace: Workspace, gate: Gate) -> None:
    gate.book.edit(gate.first, {"due": "2026-11-01"})
    gate.concession(milestone=gate.first)
    every, late = numbers(gate.book, gate.first, gate.second), Filter(marks=frozenset({"overdue"}))
    with asked(workspace.store, HOLDING) as said:
        assert shown(workspace, Filter()) == every
        assert shown(workspace, Filter(project=gate.project, words="验")) == every
        assert said == []
        assert shown(workspace, Filter(states=("held",))) == every
        assert len(said) == 1
        found = pages(workspace.store, kinds["milestone"], ("id",), late, today="2026-11-20")
        assert isinstance(found, Listed)
        found.find()
        assert [row[1] for row in found.window(0, 20)] == [gate.first]
        assert len(said) == 1, "nothing was written since"


def test_json_says_held_and_by_what(gate: Gate) -> None:
    made = gate.concession(milestone=gate.second)
    store = gate.book.store
    said = plain(gate.book.get(gate.second), store=store)
    assert (said["state"], said["held"], said["held_state"]) == ("held", made.number, "planned")
    free = plain(gate.book.get(gate.first), store=store)
    assert (free["state"], free["held"]) == ("planned", None)
    project = plain(gate.book.get(gate.project), store=store)
    assert (project["state"], project["held"], project["held_state"]) == (
        *("held", made.number),
        "running",
    )
    holds = plain(gate.book.get(made.id), store=store)["holds"].split(", ")
    assert set(holds) == gate.held()


def test_the_possible_moves_say_why_not(gate: Gate, lead: Book) -> None:
    made = gate.concession(milestone=gate.first)
    (chance,) = (c for c in gate.book.chances(gate.book.get(gate.first)) if c.move.id == "done")
    assert not chance.ok and made.number in str(chance.why)
    withdrawn(gate.book, lead, made.id)
    (chance,) = (c for c in gate.book.chances(gate.book.get(gate.first)) if c.move.id == "done")
    assert chance.ok


def test_it_stands_on_the_first_screen_of_those_who_lead(workspace: Workspace, gate: Gate) -> None:
    engineer = acting(workspace, admit(workspace, "小林", ["engineer"]))
    lead = acting(workspace, admit(workspace, "段工", ["project_manager"]))
    gate.concession(milestone=gate.second)

    def soon(book: Book) -> set[str]:
        return {t.record.id for t in agenda(book) if t.record is not None and t.group == "soon"}

    assert gate.second in soon(lead) and gate.second not in soon(engineer)


# -- validity ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("valid_to", "words", "reminded"),
    [
        ("2026-11-21", "有效期已过 1 天", True),
        ("2026-11-22", "有效至今天", True),
        ("2026-12-06", "还有 14 天", True),
        ("2026-12-07", "还有 15 天", False),
    ],
)
def test_validity_is_derived_and_brought_to_mind(
    gate: Gate,
    monkeypatch: pytest.MonkeyPatch,
    valid_to: str,
    words: str,
    reminded: bool,
) -> None:
    monkeypatch.setattr(gate.book.change_log, "_now", lambda: 1_795_330_000_000)  # 2026-11-22
    made = gate.sent(milestone=gate.second)
    assert concession_validity.said(made, gate.book.today) is None
    ran_out = valid_to < "2026-11-22"
    gate.attach(made.id)
    gate.book.move(made.id, "approve", DECIDED)
    running = gate.book.move(made.id, "enforce")
    store = gate.book.store
    with gate.book.saving():
        store.db.execute_sql("UPDATE concession SET valid_to=? WHERE id=?", (valid_to, made.id))
    there = rows.one(store, kinds["concession"], running.id)
    assert there is not None
    said = concession_validity.said(there, gate.book.today)
    assert said is not None and words in said[0]
    soon = {t.record.id for t in agenda(gate.book) if t.record is not None and t.group == "soon"}
    assert (made.id in soon) == reminded
    assert (gate.second in gate.held()) == ran_out


def test_it_is_followed_up_and_closed_by_a_second_person(gate: Gate, lead: Book) -> None:
    made = gate.sent(milestone=gate.second)
    gate.decide(made.id, "approve")
    gate.book.move(made.id, "enforce")
    with pytest.raises(Refused, match="落实情况"):
        gate.book.move(made.id, "follow_up")
    gate.book.move(made.id, "follow_up", {"outcome": "双路已切换"})
    with pytest.raises(Refused, match="另一个人"):
        gate.book.move(made.id, "close")
    assert lead.move(made.id, "close").state == "closed"
    gate.after("2028-01-01")
    assert gate.held() == set()


def test_it_is_not_closed_over_an_unverified_problem(gate: Gate, lead: Book) -> None:
    problem = gate.problem("fix")
    made = gate.sent(milestone=gate.second, fix=problem.id)
    gate.decide(made.id, "approve")
    gate.book.move(made.id, "enforce")
    gate.book.move(made.id, "follow_up", {"outcome": "双路已切换"})
    with pytest.raises(Refused, match=f"{problem.number} 尚未验证"):
        lead.move(made.id, "close")
    gate.solve(problem)
    assert lead.move(made.id, "close").state == "closed"


def test_one_marked_as_expired_holds_again(gate: Gate) -> None:
    made = gate.sent(milestone=gate.second)
    gate.decide(made.id, "approve")
    assert gate.held() == set()
    gate.book.move(made.id, "expire")
    assert gate.second in gate.held()


def test_it_holds_from_the_day_after_its_last_one(gate: Gate) -> None:
    """What was done while it was valid stays done; what comes later is held; no move is made."""
    made = gate.sent(milestone=gate.first)
    gate.decide(made.id, "approve")
    gate.book.move(gate.first, "done")
    gate.after("2027-04-30")
    assert gate.held() == set()
    gate.after("2027-05-01")
    assert gate.held() == {gate.second, gate.spares, gate.papers, gate.project}
    assert "已过有效期" in gate.refused(gate.second)
    store = gate.book.store
    assert shown_state(store, gate.book.get(made.id)).name == "expired"
    assert gate.book.get(made.id).state == "approved"
