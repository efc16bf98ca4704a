"""Corrective and preventive actions, whatever they come from."""

from __future__ import annotations

from models.book.tables.procedures import follows_procedure, procedure_fields
from models.records.problems.fix import CAUSE_CLASSES
from models.records.tables.shipped_procedures import MEASURES
from models.schema.fields import choice, count, day, line, link, moment, person, prose
from models.schema.kind import Kind
from models.schema.lifecycle import Deadline, Life, Move, Need, State, with_reason
from models.schema.record import Record
from models.schema.roles import (
    DEPARTMENT_MANAGER,
    GENERAL_OFFICE,
    LEADS,
    OWNER,
    PROJECT_MANAGER,
    QUALITY,
    SERVICE_DESK,
)
from models.text.words import W

SORTS = (
    ("correction", "纠正", "correction"),
    ("corrective", "纠正措施", "corrective action"),
    ("preventive", "预防措施", "preventive action"),
)
EFFECTS = (("effective", "有效", "effective"), ("not_effective", "无效", "not effective"))
TOO_EARLY = W(
    "{number} 的效果从 {day} 起评定；要提前，只能评定为无效。",
    "{number} is evaluated from {day} on; before that it can only be found not effective.",
)
"""An effect shows after some time: nothing is found effective before its day."""
_WHY = (Need("cause", when=("sort", "corrective")), Need("risk", when=("sort", "preventive")))
"""A corrective action removes a cause, a preventive one a risk; a correction mends the instance."""
_LEADING = (PROJECT_MANAGER, DEPARTMENT_MANAGER, QUALITY)
_OWNER, _QUALITY, _OFFICE = (OWNER,), (QUALITY,), (GENERAL_OFFICE,)
_DOING = Life(
    (
        State("proposed", W("待下达", "proposed"), tone="warn", waits=(PROJECT_MANAGER, QUALITY)),
        State("assigned", W("待制定措施", "to plan"), tone="warn", waits=_OWNER),
        State("returned", W("退回重做", "to redo"), tone="bad", returned=True, waits=_OWNER),
        State("working", W("实施中", "in work"), tone="busy", waits=_OWNER),
    ),
    (
        Move(
            id="assign",
            label=W("下达", "Assign"),
            from_=("proposed",),
            to="assigned",
            who=_LEADING,
            needs=("sort", "finding", "owner", "due"),
            asks=("owner", "due", "check_weeks", "comment"),
        ),
        Move(
            id="plan",
            label=W("制定措施并实施", "Plan and start"),
            from_=("proposed", "assigned", "returned"),
            to="working",
            who=(OWNER, *_LEADING),
            needs=("sort", "finding", "owner", "due", "measure"),
            needs_when=_WHY,
            asks=("cause", "risk", "measure", "due"),
        ),
        Move(
            id="finish",
            label=W("实施完成", "Mark done"),
            from_=("working",),
            to="done",
            who=_OWNER,
            needs=("measure", "outcome", "evidence"),
            needs_when=_WHY,
            asks=("outcome", "evidence"),
            fills={"done_at": "now", "done_by": "me"},
            binds=True,
        ),
    ),
)
_CHECKING = Life(
    (
        State(
            "done",
            W("待评定效果", "to evaluate"),
            tone="warn",
            frozen=True,
            waits=_QUALITY,
            waits_from=0,
            due="check_on",
        ),
        State(
            "verified",
            W("待监督确认", "to confirm"),
            tone="good",
            frozen=True,
            waits=_OFFICE,
            due="",
        ),
        State("closed", W("已关闭", "closed"), frozen=True, ended=True),
    ),
    (
        Move(
            id="verify",
            label=W("评定：有效", "Evaluate: effective"),
            from_=("done",),
            to="verified",
            who=_QUALITY,
            needs=("effect",),
            asks=("effect",),
            fills={"result": "=effective", "evaluated_at": "now", "evaluated_by": "me"},
            four_eyes=True,
            about=("outcome",),
            apart_from=(("", "finish"),),
            dated=(Deadline("check_on", "from", TOO_EARLY),),
        ),
        with_reason(
            "fail",
            W("评定：无效", "Evaluate: not effective"),
            ("done",),
            "returned",
            _QUALITY,
            asks=("due", "comment"),
            fills={"result": "=not_effective", "evaluated_at": "now", "evaluated_by": "me"},
        ),
        Move(
            id="sign",
            label=W("监督确认", "Confirm as supervisor"),
            from_=("verified",),
            to="closed",
            who=_OFFICE,
            asks=("opinion",),
            fills={"signed_at": "now", "signed_by": "me"},
            four_eyes=True,
            about=("outcome",),
            apart_from=(("", "finish"), ("", "verify")),
        ),
        with_reason(
            "send_back",
            W("监督退回", "Send back as supervisor"),
            ("working", "done", "verified", "closed"),
            "returned",
            _OFFICE,
            asks=("due", "comment"),
        ),
        with_reason(
            "reopen",
            W("因复发重新打开", "Reopen: it recurred"),
            ("verified", "closed"),
            "returned",
            _QUALITY,
            asks=("due", "comment"),
        ),
    ),
)
_LIFE = _DOING + _CHECKING


class CorrectiveAction(Record):
    """A correction, corrective or preventive action 纠正与预防措施. Clause: 5.2(3), 5.3.2(3), 5.4.

    Its owner plans and does it; after a set time quality evaluates whether it was effective, and
    the general manager's office supervises and confirms.
    """

    kind = Kind(
        name="corrective_action",
        label=W("纠正与预防措施", "Corrective action"),
        code="CA",
        row="Q-CA",
        clause="5.3.2(3)",
        states=_LIFE.states,
        moves=_LIFE.moves,
        title="subject",
        columns=("subject", "sort", "owner", "due"),
        project="optional",
        writers=(*LEADS, QUALITY, SERVICE_DESK, GENERAL_OFFICE, OWNER),
        owner="owner",
        due="due",
        watchers=(QUALITY, GENERAL_OFFICE),
        indexes=(("source",), ("state", "owner", "due", "check_on", "project", "void", "n")),
        menu=36,
    )

    subject = line("事项", "Subject", required=True)
    sort = choice("类别", "Kind of action", SORTS)
    source = link(
        "来源",
        "Source",
        "",
        hint=W("检查、问题、投诉等记录的编号", "number of the check, problem or complaint"),
    )
    finding = prose("不合格事实或潜在问题", "Nonconformity or risk found")
    owner = person("负责人", "In charge")
    due = day("要求完成日期", "Due")
    check_weeks = count(
        "几周后评定效果",
        "Weeks to evaluation",
        low="0",
        high="52",
        hint=W("空着：纠正当天，其他 4 周", "empty: a correction at once, others after 4"),
    )
    cause = prose("原因", "Cause", hint=W("纠正措施必填", "for a corrective action"))
    cause_class = choice("原因类别", "Cause category", CAUSE_CLASSES, of="cause_class")
    risk = prose("风险", "Risk", hint=W("预防措施必填", "for a preventive action"))
    measure = prose("措施", "Measure")
    similar = prose("同类问题排查", "Similar cases checked", asked_from="working")
    outcome = prose("实施情况", "What was done", asked_from="working")
    evidence = link(
        "实施凭据",
        "Evidence",
        "",
        asked_from="working",
        hint=W("附件，或能证明的记录的编号", "a file attached here, or a record's number"),
    )
    done_at = moment("完成时间", "Done at", by_move=True, computed=True)
    done_by = person("完成人", "Done by", by_move=True, computed=True)
    check_on = day("效果评定日期", "Evaluation due", by_move=True, computed=True)
    effect = prose("效果评定", "Evaluation", by_move=True)
    result = choice("评定结果", "Result", EFFECTS, by_move=True, computed=True)
    evaluated_at = moment("评定时间", "Evaluated at", by_move=True, computed=True)
    evaluated_by = person("评定人", "Evaluated by", by_move=True, computed=True)
    opinion = prose("监督意见", "Supervisor's opinion", by_move=True)
    signed_at = moment("监督确认时间", "Confirmed at", by_move=True, computed=True)
    signed_by = person("监督确认人", "Confirmed by", by_move=True, computed=True)
    by_procedure, procedure_version = procedure_fields()


follows_procedure(CorrectiveAction.kind.name, MEASURES)
