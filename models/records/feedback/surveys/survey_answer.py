"""Answers of a person asked: one for each question, in five levels or not applicable."""

from __future__ import annotations

from models.records.feedback.surveys.survey import QUESTIONS
from models.schema.fields import choice, count, link, prose
from models.schema.kind import Kind
from models.schema.lifecycle import State
from models.schema.record import Record
from models.schema.roles import QUALITY, SERVICE_DESK
from models.text.words import W

FIVE = (
    ("very_satisfied", "非常满意", "very satisfied"),
    ("satisfied", "满意", "satisfied"),
    ("neutral", "一般", "neutral"),
    ("dissatisfied", "不满意", "dissatisfied"),
    ("very_dissatisfied", "非常不满意", "very dissatisfied"),
)
"""The five levels of the manual, the best first."""
LEVELS = (*FIVE, ("na", "不适用", "not applicable"))
VALID = tuple(name for name, *_ in FIVE)
MET, UNMET = VALID[:2], VALID[3:]
"""Satisfied, and dissatisfied; `na` is none of the valid answers."""


class SurveyAnswer(Record):
    """What somebody said to one question. Clause: 5.2.

    `level_again` is the same questionnaire typed by a second person; both must agree.
    """

    kind = Kind(
        name="survey_answer",
        label=W("回访答案", "Answer"),
        code="SA",
        row="Q-52a",
        clause="5.2",
        states=(
            State("kept", W("有效", "kept")),
            State("differs", W("两次录入不一致", "typed differently"), tone="bad", derived=True),
        ),
        title="question",
        columns=("question", "level", "remark", "level_again"),
        key=("response", "question"),
        parent="response",
        order="position",
        writers=(SERVICE_DESK, QUALITY),
        menu=0,
    )

    response = link("回访对象", "Person asked", "survey_response", required=True, at_birth=True)
    question = choice(
        "问题", "Question", QUESTIONS, of="survey_question", required=True, at_birth=True
    )
    level = choice("评价", "Level", LEVELS)
    remark = prose("说明", "Remark")
    level_again = choice("复录", "Typed again", LEVELS)
    position = count("次序", "Position", computed=True, at_birth=True)
