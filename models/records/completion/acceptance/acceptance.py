"""Acceptance of a project by its customer, item by item."""

from __future__ import annotations

from models.derived.gates import gated
from models.schema.fields import day, line, link, moment, person, persons, prose
from models.schema.kind import Kind
from models.schema.lifecycle import AtLeast, Move, NoRow, State, with_reason
from models.schema.lifecycles import HELD
from models.schema.record import Record
from models.schema.roles import LEADS, PROJECT_MANAGER
from models.text.words import W

PASSED = ("conditional", "accepted")
"""The states in which the customer has taken the project over."""
_ITEM = "acceptance_item"
_SIGNED = ("decided_by", "decided_on", "evidence", "conclusion", "comment")


def _decide(id: str, label: W, to: str, *rows: AtLeast | NoRow, needs: tuple[str, ...]) -> Move:
    return Move(
        id=id,
        label=label,
        from_=("submitted",),
        to=to,
        who=LEADS,
        needs=needs,
        needs_rows=rows,
        asks=_SIGNED,
        fills={"witness": "me"},
        binds=True,
    )


class Acceptance(Record):
    """The acceptance 项目验收 of a project. Clause: 6.2.

    Its items are those of the milestone plan in force and the documents that are handed over. The
    result follows from the items; it is signed on paper (`evidence`), or written down in the
    customer's words (`statement`) and recorded by a colleague who was there. It is held by every
    undecided concession and open escalation of the project.
    """

    kind = Kind(
        name="acceptance",
        label=W("项目验收", "Acceptance"),
        code="AC",
        row="Q-62a",
        clause="6.2",
        states=(
            State(
                "preparing",
                W("准备中", "preparing"),
                tone="busy",
                waits=(PROJECT_MANAGER,),
                waits_from=30,
            ),
            HELD,
            State(
                "submitted",
                W("客户验收中", "with the customer"),
                tone="warn",
                waits=(PROJECT_MANAGER,),
            ),
            State(
                "refused",
                W("未通过", "refused"),
                tone="bad",
                returned=True,
                waits=(PROJECT_MANAGER,),
            ),
            State(
                "conditional",
                W("有遗留通过", "accepted with left-overs"),
                tone="good",
                frozen=True,
                ended=True,
            ),
            State("accepted", W("通过", "accepted"), tone="good", frozen=True, ended=True),
        ),
        moves=(
            Move(
                id="fill",
                label=W("按计划补齐验收项", "Fill in from the plan"),
                from_=("preparing",),
                to="preparing",
                who=LEADS,
            ),
            Move(
                id="submit",
                label=W("提交客户", "Submit to the customer"),
                from_=("preparing",),
                to="submitted",
                who=LEADS,
                needs=("party",),
                needs_rows=(AtLeast(_ITEM),),
                asks=("party", "attended", "comment"),
                fills={"sent_at": "now", "sent_by": "me"},
            ),
            with_reason(
                "take_back", W("撤回准备", "Take back"), ("submitted",), "preparing", LEADS
            ),
            _decide(
                "accept",
                W("登记验收：通过", "Record: accepted"),
                "accepted",
                NoRow(_ITEM, ("open", "refused", "left_over")),
                needs=("decided_by", "decided_on"),
            ),
            _decide(
                "accept_with_leftovers",
                W("登记验收：有遗留通过", "Record: accepted with left-overs"),
                "conditional",
                NoRow(_ITEM, ("open", "refused")),
                AtLeast(_ITEM, 1, ("left_over",)),
                needs=("decided_by", "decided_on"),
            ),
            _decide(
                "refuse",
                W("登记验收：不通过", "Record: refused"),
                "refused",
                NoRow(_ITEM, ("open",)),
                AtLeast(_ITEM, 1, ("refused",)),
                needs=("decided_by", "decided_on", "conclusion"),
            ),
            with_reason(
                "resume", W("整改后再验收", "Prepare again"), ("refused",), "preparing", LEADS
            ),
            with_reason("reopen", W("重新打开", "Reopen"), PASSED, "submitted", LEADS),
        ),
        key=("project",),
        title="name",
        columns=("name", "planned_on", "party", "decided_on"),
        writers=LEADS,
        due="planned_on",
        menu=90,
    )

    name = line("名称", "Name")
    planned_on = day("计划验收日期", "Planned for")
    basis = prose("验收依据", "Basis", hint=W("合同、SLA、计划", "contract, SLA, plans"))
    party = line("客户验收人员", "Customer's side", hint=W("单位、部门、姓名", "who takes it over"))
    attended = persons("我方参加人员", "Our side")
    sent_at = moment("提交时间", "Submitted at", by_move=True, computed=True)
    sent_by = person("提交人", "Submitted by", by_move=True, computed=True)
    statement = prose(
        "客户确认原话",
        "Customer's words",
        asked_from="submitted",
        hint=W(
            "没有签字件时，照原话写下；由另一位在场的同事登记验收结果",
            "without a signature: as they were said; another colleague who was there records the"
            " result",
        ),
    )
    decided_by = line("签收人（客户方）", "Signed by (customer)", by_move=True)
    decided_on = day("签收日期", "Signed on", by_move=True)
    evidence = link(
        "签字件",
        "Signed paper",
        "attachment",
        by_move=True,
        hint=W("先把客户签字的验收单附在这条记录上", "attach the signed acceptance sheet first"),
    )
    conclusion = prose("客户验收意见", "Customer's remarks", by_move=True)
    witness = person("见证登记人", "Witnessed by", by_move=True, computed=True)


gated("acceptance", *PASSED, last=True)
