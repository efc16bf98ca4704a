"""What the tours add to the app: a page and a document."""

from __future__ import annotations

from models.text.words import W
from tui.documents.document import Document

PAGES = {"tour": "tui.areas.tours.tour_page:tour_page"}
DOCUMENTS = (Document("walk", W("巡视单", "Tour sheet"), "tour", "tui.areas.tours.tour_document"),)
SIGNED = {"tour": (("walk",), (), ("settle",))}
ISSUED_AFTER = {"tour": ("settle",)}
