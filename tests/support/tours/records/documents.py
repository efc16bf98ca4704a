"""What is issued of tours."""

from __future__ import annotations

from models.records.common.issued_document import document_kind

document_kind("walk", "巡视单", "tour sheet")
