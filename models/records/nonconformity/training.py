"""Trainings after irregular services: ordered, held, their effect checked after some months."""

from __future__ import annotations

from models.records.nonconformity.corrective_action import TOO_EARLY
from models.records.nonconformity.irregular.irregular_service import CATEGORIES
from models.schema.fields import choice, count, day, line, moment, number, person, persons, prose
from models.schema.kind import Kind, Readers
from models.schema.lifecycle import AtLeast, Deadline, Life, Move, State, with_reason
from models.schema.record import Record
from models.schema.roles import DEPARTMENT_MANAGER, GENERAL_OFFICE, LEADS, OWNER, QUALITY
from models.text.words import W

READERS = (*LEADS, QUALITY, GENERAL_OFFICE)
EFFECTS = (("effective", "有效", "effective"), ("not_effective", "无效", "not effective"))
_OWNER = (OWNER,)
_JUDGES = (DEPARTMENT_MANAGER, QUALITY, GENERAL_OFFICE)
_LIFE = Life(
    (
        State("ordered", W("已安排", "ordered"), tone="warn", waits=_OWNER),
        State("again", W("需再培训", "to repeat"), tone="bad", returned=True, waits=_OWNER),
        State(
            "trained",
            W("待评定效果", "to evaluate"),
            tone="busy",
            frozen=True,
            waits=_JUDGES,
            waits_from=0,
            due="check_on",
        ),
        State("effective", W("有效", "effective"), tone="good", frozen=True, ended=True, due=""),
        State(
            "recurred",
            W("有复发，需再评定", "recurred: to evaluate again"),
            tone="bad",
            derived=True,
            waits=_JUDGES,
        ),
    ),
    (
        Move(
            id="hold",
            label=W("已培训", "Held"),
            from_=("ordered", "again"),
            to="trained",
            who=(OWNER, *LEADS, GENERAL_OFFICE),
            needs=("contents", "held_on", "trainer"),
            needs_rows=(AtLeast("trainee", 1),),
            asks=("held_on", "trainer"),
            fills={"recorded_by": "me"},
            binds=True,
        ),
        Move(
            id="verify",
            label=W("评定：有效", "Evaluate: effective"),
            from_=("trained",),
            to="effective",
            who=_JUDGES,
            needs=("effect",),
            asks=("effect",),
            fills={"result": "=effective", "evaluated_at": "now", "evaluated_by": "me"},
            four_eyes=True,
            about=("contents",),
            apart_from=(("", "hold"),),
            dated=(Deadline("check_on", "from", TOO_EARLY),),
        ),
        with_reason(
            "weigh",
            W("复发再评定：仍有效", "Evaluate the repeat: still effective"),
            ("effective",),
            "effective",
            _JUDGES,
        ),
        with_reason(
            "fail",
            W("评定：无效，再培训", "Evaluate: not effective"),
            ("trained", "effective"),
            "again",
            _JUDGES,
            asks=("due", "comment"),
            fills={"result": "=not_effective", "evaluated_at": "now", "evaluated_by": "me"},
        ),
    ),
)


class Training(Record):
    """A training 培训 of the O&M department and the general manager's office. Clause: 5.3.2(2).

    It names people, so it is read by those who lead or supervise and by those who attend. Where
    one of them does the same again within six months, its effect is to be evaluated again
    (`models.records.nonconformity.repeated_service`).
    """

    kind = Kind(
        name="training",
        label=W("培训", "Training"),
        code="TR",
        row="Q-532b",
        clause="5.3.2(2)",
        space="restricted",
        project="optional",
        readers=Readers(roles=READERS, people=("organiser", "attendees")),
        writers=(*READERS, OWNER),
        owner="organiser",
        states=_LIFE.states,
        moves=_LIFE.moves,
        title="subject",
        columns=("subject", "category", "organiser", "due", "held_on"),
        due="due",
        menu=45,
    )

    subject = line("主题", "Subject", required=True)
    category = choice("针对的类别", "Category", CATEGORIES, of="irregular_category")
    organiser = person("组织人", "Organised by", required=True)
    due = day("要求完成日期", "Due")
    attendees = persons("参加人员", "To attend")
    contents = prose("培训内容", "Contents")
    method = line("考核方式", "How it is tested")
    held_on = day("培训日期", "Held on")
    trainer = line("培训人", "Trainer")
    place = line("地点", "Venue")
    hours = number("学时", "Hours")
    check_months = count(
        "几个月后评定效果",
        "Months to evaluation",
        low="0",
        high="12",
        hint=W("空着：3 个月", "empty: 3 months"),
    )
    check_on = day("效果评定日期", "Evaluation due", by_move=True, computed=True)
    recorded_by = person("登记人", "Recorded by", by_move=True, computed=True)
    weighed = prose(
        "评定时已知的", "Known at the evaluation", computed=True, internal=True, by_move=True
    )
    """The irregular services that the last evaluation knew of (ids in JSON)."""
    effect = prose("效果评定", "Evaluation", by_move=True)
    result = choice("评定结果", "Result", EFFECTS, by_move=True, computed=True)
    evaluated_at = moment("评定时间", "Evaluated at", by_move=True, computed=True)
    evaluated_by = person("评定人", "Evaluated by", by_move=True, computed=True)
