"""What the tours add to the app: a place, a command, a page and a document."""

from __future__ import annotations

from models.text.words import W
from tui.documents.document import Document
from tui.pages.registry import Place

PLACES = (
    Place(
        "tours", "shift+f11", W("巡视", "Tours"), W("巡视列表", "list of tours"), "=tour", rank=45
    ),
)
ACTIONS = (("record", "tui.areas.tours.tour_actions:TourActions"),)
PAGES = {"tour": "tui.areas.tours.tour_page:tour_page"}
DOCUMENTS = (Document("walk", W("巡视单", "Tour sheet"), "tour", "tui.areas.tours.tour_document"),)
SIGNED = {"tour": (("walk",), (), ("settle",))}
ISSUED_AFTER = {"tour": ("settle",)}
