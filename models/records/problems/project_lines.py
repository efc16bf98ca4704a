"""Lines of the problems on the page of a project: what is open, and concessions. Clause: 5.3.1"""

from __future__ import annotations

from collections.abc import Iterator

from models.queries.project_lines import ProjectLine, ProjectLook, project_lines, project_section
from models.text.words import W

project_section("problems", W("问题", "Problems"), 50, list="fix")
project_section("concessions", W("让步", "Concessions"), 60, list="concession")
MOST = 2


@project_lines("problems")
def problems(look: ProjectLook) -> Iterator[ProjectLine]:
    """Escalations, fixes and problem reports that are not settled."""
    yield from look.unsettled("escalation")
    yield from look.open("fix", "open", "fixed", most=MOST)  # an escalated one stands above
    yield from look.unsettled("problem_report", MOST)


@project_lines("concessions")
def concessions(look: ProjectLook) -> Iterator[ProjectLine]:
    """Applications that are not ended, those in force among them."""
    yield from look.unended("concession")
