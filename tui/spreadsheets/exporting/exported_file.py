"""What an export wrote."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class ExportedFile:
    """What went out."""

    count: int = 0
    cut: list[str] = field(default_factory=list)
    """Numbers of records with a text that Excel cannot keep whole."""
