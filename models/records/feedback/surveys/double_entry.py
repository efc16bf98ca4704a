"""Double entry: answers that two people typed from one questionnaire and that differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.book.derived_state import DerivedState, derived_state
from models.records.feedback.surveys.survey_answer import SurveyAnswer

if TYPE_CHECKING:
    from models.schema.record import Record
    from models.storage.store import Store

DIFFERS = "differs"


@derived_state(SurveyAnswer.kind.name)
class TypedDifferently(DerivedState):
    """An answer whose two entries differ counts for nothing until they agree."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def state(self, record: Record) -> str | None:
        """That the entries differ, or None."""
        first, second = getattr(record, "level", None), getattr(record, "level_again", None)
        return DIFFERS if first and second and first != second else None

    def sql(self, type: str) -> tuple[str, list[Any]]:  # noqa: ARG002
        """The SQL expression of the shown state."""
        return f"CASE WHEN level<>level_again THEN '{DIFFERS}' ELSE state END", []
