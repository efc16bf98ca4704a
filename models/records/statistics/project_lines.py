"""Lines of the service reports on the page of a project. Clause: 5.1.2"""

from __future__ import annotations

from collections.abc import Iterator

from models.queries.project_lines import ProjectLine, ProjectLook, project_lines

TYPE = "service_report"


@project_lines("reports")
def service_report(look: ProjectLook) -> Iterator[ProjectLine]:
    """The report of the newest quarter."""
    found = look.newest(TYPE)
    if found is not None:
        yield look.line(found)
