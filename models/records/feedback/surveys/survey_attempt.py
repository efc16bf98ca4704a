"""Attempts to reach a person: when, how, what came of it."""

from __future__ import annotations

from models.records.feedback.surveys.survey import CHANNELS
from models.schema.fields import choice, line, link, moment, prose
from models.schema.kind import Kind
from models.schema.record import Record
from models.schema.roles import QUALITY, SERVICE_DESK
from models.text.words import W

RESULTS = (
    ("reached", "已接通", "reached"),
    ("no_answer", "无人接听", "no answer"),
    ("wrong", "号码有误", "wrong number"),
    ("later", "约定再联系", "call again"),
    ("sent", "问卷已发出", "questionnaire sent"),
    ("declined", "不愿答复", "declined"),
)


class SurveyAttempt(Record):
    """One attempt, kept as it was. Clause: 5.2."""

    kind = Kind(
        name="survey_attempt",
        label=W("联系记录", "Attempt"),
        code="SM",
        row="Q-52a",
        clause="5.2",
        title="result",
        columns=("tried_at", "channel", "result", "remark"),
        parent="response",
        writers=(SERVICE_DESK, QUALITY),
        apart=True,
        menu=0,
    )

    response = link("回访对象", "Person asked", "survey_response", required=True, at_birth=True)
    tried_at = moment("联系时间", "When")
    channel = choice("方式", "By", CHANNELS)
    reached = line("号码或地址", "Number or address", max=120)
    result = choice("结果", "Result", RESULTS)
    remark = prose("说明", "Remark")
