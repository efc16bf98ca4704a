"""Competence files: what a person brings, as it was confirmed when they were recruited."""

from __future__ import annotations

from models.schema.fields import choice, day, line, moment, person, prose
from models.schema.kind import Kind, Readers
from models.schema.lifecycle import AtLeast, Life, State, with_reason
from models.schema.lifecycles import review
from models.schema.record import Record
from models.schema.roles import DEPARTMENT_MANAGER, GENERAL_OFFICE
from models.text.words import W

KEEPERS = (DEPARTMENT_MANAGER, GENERAL_OFFICE)
EDUCATION = (
    ("secondary", "高中或中专", "secondary"),
    ("college", "大专", "college"),
    ("bachelor", "本科", "bachelor"),
    ("master", "硕士及以上", "master or above"),
)
_CONFIRMED = State("confirmed", W("已确认", "confirmed"), tone="good", frozen=True)
_LIFE = review(
    (DEPARTMENT_MANAGER,),
    writers=KEEPERS,
    submitted=State("submitted", W("待确认", "to confirm"), tone="warn"),
    accepted=_CONFIRMED,
    accept="confirm",
    needs=("resume", "education"),
).move(
    "submit",
    label=W("提交确认", "Submit"),
    needs_rows=(AtLeast("qualification"),),
).move(
    "confirm",
    label=W("确认资格和能力", "Confirm the competence"),
    needs=("conclusion",),
    asks=("conclusion",),
    fills={"confirmed_at": "now", "confirmed_by": "me"},
) + Life(
    (State("left", W("已离职", "has left"), ended=True, frozen=True),),
    (
        with_reason("update", W("更新", "Update"), ("confirmed", "left"), "draft", KEEPERS),
        with_reason("leave", W("登记离职", "Has left"), ("confirmed",), "left", KEEPERS),
    ),
)


class Competence(Record):
    """The competence file 人员能力档案 of a person. Clause: 4.1.2.

    Restricted: who keeps these files reads it, and the person. What others see of it is whether the
    person was confirmed for their project (`competence_confirmation`), and nothing else.
    """

    kind = Kind(
        name="competence",
        label=W("人员能力档案", "Competence file"),
        code="CF",
        row="Q-412",
        clause="4.1.2",
        space="restricted",
        project="none",
        readers=Readers(roles=KEEPERS, people=("member",)),
        states=_LIFE.states,
        moves=_LIFE.moves,
        key=("member",),
        columns=("member", "post", "education", "recruited_on"),
        writers=KEEPERS,
        menu=85,
    )

    member = person("人员", "Person", required=True, at_birth=True)
    post = line("岗位", "Post")
    recruited_on = day("入职日期", "Recruited on")
    education = choice("学历", "Education", EDUCATION)
    school = line("毕业院校与专业", "School and subject")
    resume = prose("履历", "Career")
    remark = prose("备注", "Remark")
    conclusion = prose("资格和能力的确认结论", "Conclusion on the competence", by_move=True)
    confirmed_at = moment("确认时间", "Confirmed at", by_move=True, computed=True)
    confirmed_by = person("确认人", "Confirmed by", by_move=True, computed=True)
