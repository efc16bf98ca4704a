"""Shared lifecycles: a type made in the test makes every move, by the roles that may make it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from models.book.book import Book
from models.book.projects import all_projects
from models.schema.fields import line, moment, person, prose
from models.schema.lifecycle import Life, Move, State, with_reason
from models.schema.lifecycles import (
    ACCEPTED,
    CLOSED,
    DECISION,
    DRAFT,
    FIXED,
    HELD,
    RETURNED,
    customer_decision,
    decision_fields,
    evidence_fields,
    register,
    review,
    sent_fields,
    verification,
    verification_fields,
)
from models.schema.record import Record, kinds
from models.schema.roles import (
    AUTHOR,
    DEPARTMENT_MANAGER,
    ENGINEER,
    LEADS,
    PROJECT_MANAGER,
    QUALITY,
)
from models.text.words import Refused, W
from sync.workspace.setup import begin
from sync.workspace.workspace import Workspace
from tests.support.declared_types import declared
from tests.support.team import acting, admit

WORD = W("字", "word")
DECIDED = {"decided_by": "李主任", "decided_on": "2026-11-20", "decision_channel": "mail"}


class Walk:
    """One record of the type `sample`, moved by an engineer and by the roles that decide."""

    def __init__(self, workspace: Workspace, life: Life) -> None:
        self.workspace, self.life = workspace, life
        self.founder = workspace.book
        self.project = str(all_projects(self.founder.store)[0].id)
        self.author = self.person("小林", ENGINEER)
        self.made: set[str] = set()
        self.id = self.author.add("sample", {"subject": "样例"}, project=self.project).id

    def person(self, name: str, *roles: str) -> Book:
        """The book as a new member with these roles sees it."""
        return acting(self.workspace, admit(self.workspace, name, roles))

    def move(self, by: Book, move: str, *, comment: str = "", **values: object) -> Record:
        """Make a move."""
        self.made.add(move)
        return by.move(self.id, move, values, comment=comment)

    def refused(self, by: Book, move: str, **values: object) -> str:
        """Why a move is refused; nothing is written then."""
        before = by.get(self.id)
        with pytest.raises(Refused) as caught:
            by.move(self.id, move, values)
        assert by.get(self.id).dots == before.dots
        return str(caught.value)

    def values(self) -> Mapping[str, Any]:
        """The record's fields now."""
        return self.founder.get(self.id).values()

    def complete(self) -> None:
        """Every move of the lifecycle was made."""
        assert self.made == {move.id for move in self.life.moves}


@contextmanager
def walk(tmp_path: Path, life: Life, **fields: Any) -> Iterator[Walk]:
    """A walk through a lifecycle, in a book of its own that knows the type."""
    with declared("sample", life, {"subject": line("主题", "Subject"), **fields}):
        workspace = begin(tmp_path / "book", name="测试员", lang="zh", project="测试项目")
        try:
            yield Walk(workspace, life)
        finally:
            workspace.close()


def sent(**more: Any) -> dict[str, Any]:
    """The fields that a customer's decision needs."""
    names = ("sent_at", "sent_by", "decided_by", "decided_on", "decision_channel")
    made = dict(zip(names, (*sent_fields(), *decision_fields()), strict=True))
    evidence, witness = evidence_fields()
    return {**made, "evidence": evidence, "witness": witness, **more}


def verified(**more: Any) -> dict[str, Any]:
    """The fields that a verification needs."""
    names = ("verify_method", "verify_result", "verified_at", "verified_by")
    made = dict(zip(names, verification_fields(), strict=True))
    return {
        "fixed_at": moment("时间", "Fixed at"),
        "fixed_by": person("处理人", "By"),
        **made,
        **more,
    }


# register


def test_master_data_is_proposed_by_anybody_and_confirmed_by_leads(tmp_path: Path) -> None:
    with walk(tmp_path, register()) as one:
        assert one.founder.get(one.id).state == "proposed"
        one.refused(one.author, "confirm")
        lead = one.person("段工", PROJECT_MANAGER)
        assert one.move(lead, "confirm").state == "confirmed"
        assert "理由" in one.refused(lead, "retire")
        assert one.move(lead, "retire", comment="已拆除").state == "retired"
        assert one.move(lead, "restore").state == "confirmed"
        one.complete()


def test_other_roles_may_look_after_master_data(tmp_path: Path) -> None:
    with walk(tmp_path, register((QUALITY,))) as one:
        one.refused(one.person("段工", PROJECT_MANAGER), "confirm")
        assert one.move(one.person("质检", QUALITY), "confirm").state == "confirmed"
        assert one.life.states[0].waits == (QUALITY,)


# review


def test_a_draft_is_submitted_taken_back_returned_and_accepted(tmp_path: Path) -> None:
    life = review(LEADS, writers=(AUTHOR,), needs=("progress",))
    with walk(tmp_path, life, progress=prose("进展", "Progress")) as one:
        lead = one.person("段工", PROJECT_MANAGER)
        assert "进展" in one.refused(one.author, "submit")
        one.author.edit(one.id, {"progress": "完成"})
        one.refused(lead, "submit")  # only its author hands it in
        assert one.move(one.author, "submit").state == "submitted"
        with pytest.raises(Refused, match="撤回修改"):
            one.author.edit(one.id, {"progress": "改"})
        assert one.move(one.author, "take_back").state == "draft"
        one.move(one.author, "submit")
        assert "理由" in one.refused(lead, "return")
        assert one.move(lead, "return", comment="请补充").state == "returned"
        one.move(one.author, "submit")
        one.refused(one.author, "accept")
        assert one.move(lead, "accept").state == "accepted"
        with pytest.raises(Refused, match="不能修改"):
            lead.edit(one.id, {"progress": "改"})
        one.complete()


def test_the_person_who_submitted_does_not_accept(tmp_path: Path) -> None:
    with walk(tmp_path, review(LEADS)) as one:
        lead, other = one.person("段工", PROJECT_MANAGER), one.person("韩工", PROJECT_MANAGER)
        one.move(lead, "submit")
        assert "另一个人" in one.refused(lead, "accept")
        assert one.move(other, "accept").state == "accepted"


def test_without_four_eyes_the_same_person_may_accept(tmp_path: Path) -> None:
    with walk(tmp_path, review(LEADS, four_eyes=False)) as one:
        lead = one.person("段工", PROJECT_MANAGER)
        one.person("韩工", PROJECT_MANAGER)
        one.move(lead, "submit")
        assert one.move(lead, "accept").state == "accepted"


def test_a_review_has_the_names_and_the_waiting_roles_that_are_given() -> None:
    life = review(
        (DEPARTMENT_MANAGER,),
        draft=State("writing", WORD),
        submitted=State("informed", WORD),
        accepted=State("endorsed", WORD),
        accept="endorse",
        take_back="reopen",
    )
    assert [state.name for state in life.states] == ["writing", "returned", "informed", "endorsed"]
    paths = {(move.id, move.from_, move.to) for move in life.moves}
    assert paths == {
        ("submit", ("writing", "returned"), "informed"),
        ("reopen", ("informed",), "writing"),
        ("endorse", ("informed",), "endorsed"),
        ("return", ("informed",), "returned"),
    }
    assert life.states[2].waits == (DEPARTMENT_MANAGER,) and life.states[2].reopen == "reopen"
    assert [move.four_eyes for move in life.moves] == [False, False, True, False]


# customer_decision


def decided_life(*, conditions: bool = True, needs: tuple[str, ...] = ()) -> Life:
    """A draft that the customer decides on, and its way back to a draft."""
    decision = customer_decision(("draft",), conditions=conditions, needs=needs)
    decided = tuple(move.to for move in decision.moves[1:])
    back = Life((), (Move(id="again", label=WORD, from_=decided, to="draft"),))
    return Life((DRAFT,)) + decision + back


@pytest.mark.parametrize(
    ("move", "state", "more"),
    [
        ("approve", "approved", {}),
        ("approve_with_conditions", "conditional", {"conditions": "每日两次人工记录"}),
        ("refuse", "refused", {}),
    ],
)
def test_a_decision_of_the_customer_needs_who_when_how_and_its_file(
    tmp_path: Path, move: str, state: str, more: dict[str, str]
) -> None:
    life = decided_life(needs=("subject",))
    with walk(tmp_path, life, **sent(conditions=prose("条件", "Conditions"))) as one:
        lead = one.person("段工", PROJECT_MANAGER)
        one.refused(one.author, "send")
        assert one.move(lead, "send").state == "sent"
        assert one.values()["sent_at"] and one.values()["sent_by"] == lead.me
        assert "凭据" in one.refused(lead, move, **DECIDED, **more)
        file = {"about": one.id, "name": "复函.pdf", "sha256": "0" * 64}
        evidence = lead.add("attachment", file).id
        assert "决定人" in one.refused(lead, move, **more)
        if more:
            assert "条件" in one.refused(lead, move, **DECIDED)
        assert one.move(lead, move, **DECIDED, **more).state == state
        assert (one.values()["evidence"], one.values()["witness"]) == (evidence, lead.me)
        with pytest.raises(Refused, match="不能修改"):
            lead.edit(one.id, {"subject": "改"})
        assert one.move(one.author, "again").state == "draft"


def test_evidence_attached_to_another_record_is_none(tmp_path: Path) -> None:
    with walk(tmp_path, decided_life(conditions=False), **sent()) as one:
        lead = one.person("段工", PROJECT_MANAGER)
        one.move(lead, "send")
        other = lead.add("fix", {"phenomenon": "告警"}, project=one.project)
        file = {"about": other.id, "name": "复函.pdf", "sha256": "0" * 64}
        evidence = lead.add("attachment", file).id
        assert "凭据" in one.refused(lead, "approve", **DECIDED, evidence=evidence)


def test_a_type_whose_approval_knows_no_conditions_has_neither_state_nor_move() -> None:
    life = customer_decision(("draft",), conditions=False)
    assert [state.name for state in life.states] == ["sent", "refused", "approved"]
    assert [move.id for move in life.moves] == ["send", "approve", "refuse"]
    assert all(move.needs == DECISION for move in life.moves[1:])


def test_roles_of_a_decision_are_those_that_are_given() -> None:
    life = customer_decision(("draft",), by=(QUALITY,), waits=(QUALITY,))
    assert {move.who for move in life.moves} == {(QUALITY,)}
    assert {state.waits for state in life.states} == {(QUALITY,)}


# verification


def test_work_is_reported_verified_failed_closed_and_reopened(tmp_path: Path) -> None:
    begun = Life((State("open", WORD),))
    life = begun + verification(("open",), "open", needs=("action",), asks=("action",))
    with walk(tmp_path, life, **verified(action=prose("措施", "Action"))) as one:
        assert "措施" in one.refused(one.author, "fix")
        assert one.move(one.author, "fix", action="更换").state == "fixed"
        assert one.values()["fixed_at"] and one.values()["fixed_by"] == one.author.me
        assert "理由" in one.refused(one.author, "fail", verify_method="复测")
        assert one.move(one.author, "fail", comment="仍告警", verify_method="复测").state == "open"
        assert one.values()["verify_result"] == "fails"
        one.move(one.author, "fix")
        assert one.move(one.author, "verify", verify_method="放电").state == "verified"
        now = one.values()
        assert (now["verify_method"], now["verify_result"]) == ("放电", "conforms")
        assert now["verified_at"] and now["verified_by"] == one.author.me
        assert one.move(one.author, "close").state == "closed"
        with pytest.raises(Refused, match="不能修改"):
            one.author.edit(one.id, {"action": "改"})
        assert "理由" in one.refused(one.author, "reopen")
        assert one.move(one.author, "reopen", comment="复发").state == "open"
        one.complete()


def test_only_the_roles_that_verify_say_whether_it_conforms(tmp_path: Path) -> None:
    done = State("done", WORD, waits=(QUALITY,))
    life = Life((State("planned", WORD),)) + verification(
        ("planned",), "planned", by=(QUALITY,), fixed=done
    )
    with walk(tmp_path, life, **verified()) as one:
        assert one.move(one.author, "fix").state == "done"
        one.refused(one.author, "verify")
        one.refused(one.author, "fail")
        assert one.move(one.person("质检", QUALITY), "verify").state == "verified"


def test_an_action_has_fields_and_names_of_its_own(tmp_path: Path) -> None:
    """A corrective action: planned, done, verified by quality."""
    life = (
        Life((State("planned", WORD),))
        + verification(
            ("planned",),
            "planned",
            by=(QUALITY,),
            fixed=State("done", WORD, waits=(QUALITY,)),
            fields=("done_at", "done_by"),
        )
    ).move("fix", id="complete")
    own = {"done_at": moment("时间", "Done at"), "done_by": person("人", "Done by")}
    with walk(tmp_path, life, **verified(**own)) as one:
        assert one.move(one.author, "complete").state == "done"
        assert one.values()["done_at"] and one.values()["done_by"] == one.author.me
        assert one.values()["fixed_at"] is None
        quality = one.person("质检", QUALITY)
        assert one.move(quality, "fail", comment="无效", verify_method="抽查").state == "planned"


# several together


def test_a_plan_is_approved_inside_then_by_the_customer_and_revised(tmp_path: Path) -> None:
    """The example of `models/README.md`."""
    endorsed = State("endorsed", WORD, frozen=True)
    revise = with_reason("revise", WORD, ("refused", "approved"), "draft", LEADS)
    life = (
        review((DEPARTMENT_MANAGER,), accepted=endorsed)
        + customer_decision(("endorsed",), needs=("subject",))
        + Life((), (revise,))
    )
    with walk(tmp_path, life, **sent(conditions=prose("条件", "Conditions"))) as one:
        manager, department = (
            one.person("段工", PROJECT_MANAGER),
            one.person("韩经理", DEPARTMENT_MANAGER),
        )
        one.move(one.author, "submit")
        one.refused(manager, "accept")
        assert one.move(department, "accept").state == "endorsed"
        one.move(manager, "send")
        manager.add("attachment", {"about": one.id, "name": "复函.pdf", "sha256": "0" * 64})
        assert one.move(manager, "refuse", **DECIDED).state == "refused"
        assert one.move(manager, "revise", comment="按客户意见").state == "draft"


# states that are shared


def test_nothing_leads_to_the_derived_state() -> None:
    assert HELD.derived
    holders = [cls.kind for cls in kinds.values() if HELD in cls.kind.states]
    assert {kind.name for kind in holders} >= {"milestone", "delivery"}
    for kind in holders:
        assert all(HELD.name not in (move.to, *move.from_) for move in kind.moves)


def test_what_is_returned_waits_for_its_author_and_can_be_edited() -> None:
    assert RETURNED.waits == (AUTHOR,) and not RETURNED.frozen and not RETURNED.ended


def test_what_is_accepted_or_closed_is_ended_and_cannot_be_edited() -> None:
    assert all(state.ended and state.frozen for state in (ACCEPTED, CLOSED))
    assert FIXED.waits == (AUTHOR,) and not FIXED.frozen
