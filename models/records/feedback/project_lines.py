"""Lines of the customer's voice on the page of a project. Clause: 5.2, 5.3.2(4), 5.5"""

from __future__ import annotations

from collections.abc import Iterator

from models.queries.project_lines import ProjectLine, ProjectLook, project_lines, project_section
from models.text.words import W

project_section("customer", W("客户反馈", "Customer"), 70, list="complaint")
MOST = 2


@project_lines("customer")
def feedback(look: ProjectLook) -> Iterator[ProjectLine]:
    """Complaints that are not closed, promises that are open, follow-ups under way."""
    for type in ("complaint", "promise", "survey"):
        yield from look.unended(type, MOST)
