"""Experience: what a problem report publishes to all projects, without names."""

from __future__ import annotations

from models.records.problems.fix import CAUSE_CLASSES
from models.records.registers.equipment import CLASSES
from models.schema.fields import choice, line, link, prose
from models.schema.kind import Kind
from models.schema.lifecycle import Life, Move, State, with_reason
from models.schema.lifecycles import RETURNED
from models.schema.record import Record
from models.schema.roles import AUTHOR, ENGINEER, LEADS, QUALITY
from models.storage.store import Store
from models.text.words import W

_LIBRARIANS = (*LEADS, QUALITY)
_AUTHORS = (AUTHOR, ENGINEER, *_LIBRARIANS)
_LIFE = Life(
    (
        State("submitted", W("待审核", "to review"), tone="warn", waits=_LIBRARIANS),
        RETURNED,
        State("published", W("有效", "in use"), tone="good", frozen=True, reopen="revise"),
        State("retired", W("已停用", "retired"), frozen=True, ended=True),
    ),
    (
        Move(
            id="publish",
            label=W("审核通过，入库", "Review: into the library"),
            from_=("submitted",),
            to="published",
            who=_LIBRARIANS,
            asks=("comment",),
            four_eyes=True,
        ),
        with_reason("return", W("退回", "Return"), ("submitted",), "returned", _LIBRARIANS),
        Move(
            id="submit",
            label=W("再次提交", "Submit again"),
            from_=("returned",),
            to="submitted",
            who=_AUTHORS,
            asks=("comment",),
        ),
        Move(
            id="revise",
            label=W("修订（须重新审核）", "Revise, to be reviewed again"),
            from_=("published",),
            to="submitted",
            who=_AUTHORS,
        ),
        with_reason("retire", W("停用", "Retire"), ("published",), "retired", _LIBRARIANS),
        Move(
            id="restore",
            label=W("恢复使用", "Reactivate"),
            from_=("retired",),
            to="published",
            who=_LIBRARIANS,
        ),
    ),
)


class Experience(Record):
    """A lesson of the company's (项目实施经验), found offline in every project. Clause: 5.3.1(2).

    It comes from an approved report or a project's reviewed summary, names no people, customers,
    sites or devices (`models.records.problems.anonymisation`), and is offered once somebody else
    has reviewed it; a revised one is reviewed again.
    """

    kind = Kind(
        name="experience",
        label=W("经验", "Experience"),
        code="XP",
        row="Q-531d",
        clause="5.3.1(2)",
        space="company",
        project="none",
        states=_LIFE.states,
        moves=_LIFE.moves,
        title="subject",
        columns=("subject", "equipment_class", "cause_class", "cause"),
        writers=(ENGINEER, *LEADS, QUALITY),
        menu=33,
    )

    subject = line("标题", "Subject", required=True)
    equipment_class = choice("设备类别", "Equipment class", CLASSES)
    symptom = prose("现象", "Symptom")
    cause = prose("原因", "Cause")
    cause_class = choice("原因类别", "Cause category", CAUSE_CLASSES, of="cause_class")
    workaround = prose("应急办法", "Workaround")
    solution = prose("解决办法", "Solution")
    prevention = prose("预防措施", "Prevention")
    lessons = prose("经验教训", "Lessons")
    source = link("来源报告", "From the report", "", at_birth=True)


def experience_of(store: Store, report: str) -> str | None:
    """The experience in use that was published from a report."""
    sql = "SELECT id FROM experience WHERE source=? AND void IS NULL ORDER BY n DESC LIMIT 1"
    found = store.row(sql, (report,))
    return str(found[0]) if found else None
