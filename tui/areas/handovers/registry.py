"""What hand-overs add to the app: their paper."""

from __future__ import annotations

from tui.documents.document import record_of

DOCUMENTS = (record_of("handover", signed=(("give",), (), ("confirm",))),)
