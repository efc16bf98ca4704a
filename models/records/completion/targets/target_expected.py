"""Expected: the assessment of the quality targets of each service period that ended.

Clause: 6.2.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.derived.expected import DueWindow, Expected, expects
from models.queries.waiting.agenda import section
from models.records.completion import owed
from models.records.completion.targets.target_assessment import TargetAssessment
from models.schema.roles import PROJECT_MANAGER
from models.text.words import W

if TYPE_CHECKING:
    from models.book.book import Book

TITLE = W("质量目标考核：服务期至 {day}", "Quality targets of the service until {day}")
DONE = ("assessed", "confirmed")

section("targets", W("质量目标考核", "Quality targets"), 48)


@expects("target_assessment")
def assessments(book: Book, window: DueWindow) -> Iterator[Expected]:
    """One for each service period that ended; `behind`: earlier ones too."""
    yield from owed.owed(
        book, window, TargetAssessment, TITLE, roles=(PROJECT_MANAGER,), done=DONE, group="targets"
    )
