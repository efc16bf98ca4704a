"""Study risks: what may go wrong in a service, rated before and after its measures."""

from __future__ import annotations

from models.schema.fields import choice, count, day, link, person, prose
from models.schema.kind import Kind
from models.schema.record import Record
from models.schema.roles import ENGINEER, LEADS
from models.text.words import W

RATINGS = (("low", "低", "low"), ("medium", "中", "medium"), ("high", "高", "high"))


class StudyRisk(Record):
    """A risk of a pre-service study. Clause: 4.1.2 (把风险降到最低)."""

    kind = Kind(
        name="study_risk",
        label=W("风险", "Risk"),
        code="RK",
        row="Q-412",
        clause="4.1.2",
        title="risk",
        columns=("position", "risk", "before", "measures", "after", "carrier"),
        parent="study",
        order="position",
        writers=(ENGINEER, *LEADS),
        menu=0,
    )

    study = link("服务前问题研究讨论", "Pre-service study", "pre_service_study", required=True)
    position = count("序号", "No.", low="1")
    risk = prose("风险或问题", "Risk or problem", required=True)
    before = choice("措施前", "Before", RATINGS)
    measures = prose("措施", "Measures")
    carrier = person("落实人", "Carried out by")
    by_day = day("完成日期", "By")
    after = choice("措施后", "After", RATINGS)
    accepted_because = prose("仍为高风险时，接受的理由", "If still high: why it is accepted")
