"""Experience: what a problem report publishes to all projects, without names."""

from __future__ import annotations

from models.records.problems.fix import CAUSE_CLASSES
from models.records.registers.equipment import CLASSES
from models.schema.fields import choice, line, link, prose
from models.schema.kind import Kind
from models.schema.lifecycle import Move, State
from models.schema.record import Record
from models.schema.roles import ENGINEER, LEADS, QUALITY
from models.storage.store import Store
from models.text.words import W


class Experience(Record):
    """A lesson of the company's (项目实施经验), found offline in every project. Clause: 5.3.1(2).

    It names no people, customers, sites or devices
    (`models.records.problems.anonymisation`).
    """

    kind = Kind(
        name="experience",
        label=W("经验", "Experience"),
        code="XP",
        row="Q-531d",
        clause="5.3.1(2)",
        space="company",
        project="none",
        states=(
            State("published", W("有效", "in use"), tone="good"),
            State("retired", W("已停用", "retired"), ended=True),
        ),
        moves=(
            Move(
                id="retire",
                label=W("停用", "Retire"),
                from_=("published",),
                to="retired",
                who=(*LEADS, QUALITY),
                asks=("comment",),
                requires_comment=True,
            ),
            Move(
                id="restore",
                label=W("恢复使用", "Reactivate"),
                from_=("retired",),
                to="published",
                who=(*LEADS, QUALITY),
            ),
        ),
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
    source = link("来源报告", "From the report", "problem_report", at_birth=True)


def experience_of(store: Store, report: str) -> str | None:
    """The experience in use that was published from a report."""
    sql = "SELECT id FROM experience WHERE source=? AND void IS NULL ORDER BY n DESC LIMIT 1"
    found = store.row(sql, (report,))
    return str(found[0]) if found else None
