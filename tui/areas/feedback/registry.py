"""What follow-ups, complaints and communication add to the app: pages, keys and documents."""

from __future__ import annotations

from models.text.words import W
from tui.documents.document import Document
from tui.pages.registry import Place

PLACES = (
    Place(
        "satisfaction",
        "ctrl+backslash",
        W("满意度", "Satisfaction"),
        W("回访满意度、客户沟通", "follow-ups and communication"),
        "tui.areas.feedback.satisfaction_page:SatisfactionPage",
        rank=160,
    ),
)
ACTIONS = (("record", "tui.areas.feedback.follow_ups:FeedbackFollowUps"),)
DOCUMENTS = (
    Document(
        "follow_up",
        W("质量回访分析报告", "Follow-up report"),
        "survey",
        "tui.areas.feedback.survey_document",
        signed=(("analyse",), ("review",), ("file",)),
        after=("analyse",),
    ),
    Document(
        "questionnaire",
        W("客户满意度调查表", "Questionnaire"),
        "survey_response",
        "tui.areas.feedback.questionnaire_document",
    ),
    Document(
        "complaint",
        W("投诉处理单", "Complaint"),
        "complaint",
        "tui.areas.feedback.complaint_document",
        editions=("internal", "customer"),
        signed=(("confirm_receipt",), ("answer",), ("close",)),
        after=("answer",),
    ),
    Document(
        "communication",
        W("客户沟通记录", "Record of communication"),
        "communication",
        "tui.areas.feedback.communication_document",
        signed=(("hold",), (), ()),
        after=("hold",),
    ),
)
