"""Lines of the weekly reports on the page of a project. Clause: 5.3.1(2)"""

from __future__ import annotations

from collections.abc import Iterator

from models.queries.project_lines import ProjectLine, ProjectLook, project_lines, project_section
from models.records.weekly.weekly_report import WeeklyReport
from models.text.words import W, say

NONE_YET = W("{type}：还没有", "{type}: none yet")

project_section("reports", W("报告", "Reports"), 45)


@project_lines("reports")
def weekly(look: ProjectLook) -> Iterator[ProjectLine]:
    """The report compiled last; the page of the week where there is none."""
    found = look.newest(WeeklyReport.kind.name)
    if found is not None:
        yield look.line(found)
    else:
        text = say(NONE_YET, type=WeeklyReport.kind.label)
        yield ProjectLine(text=text, place="project_week")
