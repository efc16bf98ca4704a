"""What the preparation adds to the app: the register of confirmations, and documents."""

from __future__ import annotations

from models.schema.roles import LEADS, QUALITY
from models.text.words import W
from tui.documents.document import Document, record_of
from tui.pages.registry import Place

# -- proposals, competence, studies, the register --------------------------------------------------

PLACES = (
    Place(
        "confirmations",
        "ctrl+k",
        W("过程确认", "Confirmations"),
        W(
            "项目的确认记录，哪些齐了、缺什么",
            "what of a project is confirmed, and what is missing",
        ),
        "tui.areas.preparation.confirmations_page:ConfirmationsPage",
        rank=135,
        of_project=True,
    ),
)
DOCUMENTS = (
    Document(
        "proposal",
        W("技术服务方案", "Service proposal"),
        "service_proposal",
        "tui.areas.preparation.proposal_document",
        signed=(("submit",), (), ("endorse",)),
        after=("endorse",),
    ),
    Document(
        "competence",
        W("人员能力确认表", "Competence sheet"),
        "competence",
        "tui.areas.preparation.competence_document",
        signed=(("submit",), (), ("confirm",)),
        after=("confirm",),
    ),
    Document(
        "study",
        W("服务前问题研究讨论记录", "Record of the pre-service study"),
        "pre_service_study",
        "tui.areas.preparation.study_document",
        signed=(("submit",), (), ("confirm",)),
        after=("submit",),
    ),
    Document(
        "confirmations",
        W("过程确认登记表", "Register of confirmations"),
        module="tui.areas.preparation.confirmations_document",
        per="project",
        by=(*LEADS, QUALITY),
        number="{number}-QR",
    ),
    record_of("competence_confirmation", signed=((), (), ("confirm",)), after=("confirm",)),
)
