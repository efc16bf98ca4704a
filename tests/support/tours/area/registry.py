"""What the tours add to the app: a place, a command, a page and documents."""

from __future__ import annotations

from models.schema.roles import DEPARTMENT_MANAGER
from models.text.words import W
from tui.documents.document import Document, record_of
from tui.documents.layout import BASICS, PROJECT, DocumentLayout, FieldProse, Fields, Rows
from tui.pages.registry import Place

STOPS = Rows("tour_stop", W("站点", "Stops"), ("place",))
PLACES = (
    Place(
        "tours", "shift+f11", W("巡视", "Tours"), W("巡视列表", "list of tours"), "=tour", rank=45
    ),
)
ACTIONS = (("record", "tui.areas.tours.tour_actions:TourActions"),)
PAGES = {"tour": "tui.areas.tours.tour_page:tour_page"}
DOCUMENTS = (
    Document(
        "walk",
        W("巡视单", "Tour sheet"),
        "tour",
        signed=(("walk",), (), ("settle",)),
        after=("settle",),
        layout=DocumentLayout(
            W("巡视单", "Tour sheet"),
            (Fields(BASICS, ((PROJECT, "project"), "route")), FieldProse("seen_there"), STOPS),
        ),
    ),
    Document(
        "tours_report",
        W("巡视季报", "Tours of a quarter"),
        module="tui.areas.tours.tours_report_document",
        per="company",
        period="quarter",
        by=(DEPARTMENT_MANAGER,),
        number="TR-{period}",
        file="{number}-{title}",
    ),
    Document(
        "tour_log",
        W("巡视台账", "Tour log"),
        module="tui.areas.tours.tours_report_document",
        per="project",
        period="quarter",
        offered_by=("tour",),
    ),
    record_of("tour_wish", states=("met",)),
)
