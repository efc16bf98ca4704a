"""Follow ups: a missed target leads to a corrective action. Clause: 6.2."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.records.common.follow_ups import follow_up
from models.records.completion.targets import target_content
from models.records.completion.targets.quality_target import QualityTarget
from models.records.completion.targets.target_assessment import TargetAssessment
from models.records.completion.targets.target_facts import said
from models.records.nonconformity.follow_ups import action_values
from models.text.words import Refused

if TYPE_CHECKING:
    from models.book.book import Book


@follow_up("quality_target", to="corrective_action")
def of_target(book: Book, target: QualityTarget) -> dict[str, Any]:
    """What was to be reached and what was; its cause is what the assessment says."""
    above = book.find(str(target.assessment))
    if not isinstance(above, TargetAssessment):
        return action_values(target, None, "corrective")
    try:
        data = target_content.compile_assessment(book, above)
    except Refused:
        return action_values(target, None, "corrective", cause=above.analysis)
    found = next((said(one) for one in data.targets if one.id == target.id), None)
    return action_values(target, found, "corrective", cause=above.analysis)
