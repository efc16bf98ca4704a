"""Suggestions of a follow-up: each becomes an action of the project's lead."""

from __future__ import annotations

from models.records.feedback.surveys.survey import DESK, QUESTIONS
from models.schema.fields import choice, day, link, person, prose
from models.schema.kind import Kind
from models.schema.lifecycle import Move, State, with_reason
from models.schema.record import Record
from models.schema.roles import LEADS, QUALITY, SERVICE_DESK
from models.text.words import W

SORTS = (
    ("corrective", "纠正措施", "corrective action"),
    ("preventive", "预防措施", "preventive action"),
)


class Suggestion(Record):
    """What the service desk suggests to improve. Clause: 5.2(1), 5.2(3).

    Assigned, it becomes a corrective or preventive action with an owner and a day, which quality
    follows to its verification.
    """

    kind = Kind(
        name="suggestion",
        label=W("改进建议", "Suggestion"),
        code="SG",
        row="Q-52c",
        clause="5.2(3)",
        states=(
            State("proposed", W("待落实", "proposed"), tone="warn"),
            State("assigned", W("已转为措施", "assigned"), tone="good", ended=True),
            State("dropped", W("不采纳", "dropped"), ended=True),
        ),
        moves=(
            Move(
                id="assign",
                label=W("转为措施", "Make it an action"),
                from_=("proposed",),
                to="assigned",
                who=(*DESK, QUALITY, *LEADS),
                needs=("text", "sort", "owner", "due"),
                asks=("sort", "owner", "due", "comment"),
            ),
            with_reason("drop", W("不采纳", "Drop"), ("proposed",), "dropped", (QUALITY, *LEADS)),
            with_reason(
                "propose_again",
                W("重新提出", "Propose again"),
                ("dropped",),
                "proposed",
                (QUALITY,),
            ),
        ),
        title="text",
        columns=("text", "question", "sort", "owner", "due"),
        parent="survey",
        writers=(SERVICE_DESK, QUALITY),
        menu=0,
    )

    survey = link("质量回访", "Follow-up", "survey", required=True, at_birth=True)
    text = prose("建议", "Suggestion", required=True)
    question = choice("所涉问题", "About the question", QUESTIONS, of="survey_question")
    sort = choice("措施类别", "Kind of action", SORTS)
    owner = person("负责人", "Owner", hint=W("项目负责人", "a lead of the project"))
    due = day("完成日期", "Due")
