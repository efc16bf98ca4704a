"""Lines of actions and irregular services on the page of a project. Clause: 5.3.2"""

from __future__ import annotations

from collections.abc import Iterator

from models.queries.project_lines import ProjectLine, ProjectLook, project_lines, project_section
from models.text.words import W

project_section("actions", W("措施", "Actions"), 80, list="corrective_action")
MOST = 2


@project_lines("actions")
def actions(look: ProjectLook) -> Iterator[ProjectLine]:
    """Corrective and preventive actions, irregular services and trainings that are not ended."""
    yield from look.unended("corrective_action")
    yield from look.unended("irregular_service", MOST)
    yield from look.unended("training", MOST)
