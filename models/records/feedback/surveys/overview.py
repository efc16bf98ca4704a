"""Overview: the follow-ups of some days together, by period, project and question. Clause: 5.2."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from models.calendar.business_dates import day_of, quarter_of
from models.derived import compiled
from models.records.feedback.surveys import filed_survey, statistics
from models.records.feedback.surveys.statistics import SurveyFigures, together
from models.records.feedback.surveys.survey import Survey
from models.storage import rows
from models.storage.store import places

if TYPE_CHECKING:
    from models.book.book import Book


class SurveyLine(NamedTuple):
    """One follow-up with its figures: as filed, where it is."""

    survey: Survey
    counted: SurveyFigures


class Overview(NamedTuple):
    """Some follow-ups, the latest first."""

    lines: list[SurveyLine]

    @property
    def whole(self) -> SurveyFigures:
        """All of them together."""
        return together(line.counted for line in self.lines)

    @property
    def periods(self) -> dict[str, SurveyFigures]:
        """Quarter in which the service ended -> its follow-ups together, the latest first."""
        found: dict[str, list[SurveyFigures]] = {}
        for line in self.lines:
            day = day_of(line.survey.service_to)
            if day is not None:
                found.setdefault(quarter_of(day), []).append(line.counted)
        return {quarter: together(some) for quarter, some in found.items()}

    @property
    def projects(self) -> dict[str, SurveyFigures]:
        """Project -> its follow-ups together."""
        found: dict[str, list[SurveyFigures]] = {}
        for line in self.lines:
            found.setdefault(str(line.survey.project), []).append(line.counted)
        return {project: together(some) for project, some in found.items()}


def overview(book: Book, projects: Sequence[str], first: date, last: date) -> Overview:
    """The follow-ups of the service periods that ended in some days, both included."""
    where = (
        f"WHERE project IN ({places(projects)}) AND service_to BETWEEN ? AND ?"
        " AND void IS NULL ORDER BY service_to DESC, n DESC"
    )
    days = (first.isoformat(), last.isoformat())
    found = rows.fetch(book.store, Survey, where, (*projects, *days))
    now = statistics.of_surveys(book.store, [one for one in found if not compiled.is_issued(one)])
    return Overview(
        [
            SurveyLine(one, now[one.id] if one.id in now else filed_survey.figures_now(book, one))
            for one in found
        ]
    )
