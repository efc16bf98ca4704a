"""What nonconformities add to the app: statistics, a key that begins an action, documents."""

from __future__ import annotations

from models.text.words import W
from tui.documents.document import Document, record_of
from tui.pages.registry import Place

PLACES = (
    Place(
        "actions",
        "ctrl+a",
        W("措施看板", "Action board"),
        W("未关闭的纠正与预防措施", "open corrective actions, by step or by owner"),
        "tui.areas.nonconformity.action_board_page:ActionBoardPage",
        rank=132,
    ),
    Place(
        "irregular",
        "ctrl+underscore",
        W("不规范服务统计", "Irregular services"),
        W("按类别、项目、月份统计", "counted by category, project and month"),
        "tui.areas.nonconformity.irregular_page:IrregularPage",
        rank=155,
    ),
)
ACTIONS = (("record", "tui.areas.nonconformity.action_follow_ups:ActionFollowUps"),)
DOCUMENTS = (
    record_of("corrective_action", signed=(("finish",), ("verify",), ("sign",))),
    record_of("irregular_service", signed=(("correct",), (), ("close",))),
    Document(
        "irregular",
        W("不规范服务统计报告", "Irregular service report"),
        "irregular_report",
        "tui.areas.nonconformity.irregular_document",
        workbook="tui.areas.nonconformity.irregular_workbook",
        sheets=True,
        signed=(("submit",), (), ("confirm",)),
        after=("submit",),
    ),
    record_of("training", signed=(("hold",), (), ("verify",))),
)
