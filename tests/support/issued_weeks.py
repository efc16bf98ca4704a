"""Contents of project weeks for tests: empty but for what is given, as a report keeps them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from models.derived import compiled
from models.records.weekly.week.content import ProblemPart, ProjectHead, WeekContent
from models.records.weekly.week.issued_week import REPORT


def content(project: str, week: str, **more: Any) -> WeekContent:
    """A week without anything."""
    head = ProjectHead(project, "项目", "P", "", "", None, None)
    names = ("members", "problems", "found", "overdue", "checks", "escalations", "concessions")
    lists: dict[str, Any] = {
        name: [] for name in (*names, "milestones", "files", "figures", "plan")
    }
    return WeekContent(**{"project": head, "week": week, "health": None, **lists, **more})


def problem(source: str, **more: Any) -> ProblemPart:
    """A solved problem of a week."""
    plain: dict[str, Any] = dict.fromkeys(ProblemPart._fields)
    plain |= {"source": source, "number": "FX-2026-A-0001", "type": "fix", "person": "仇小河"}
    plain |= {"solved": True, "phenomenon": "UPS 告警", "cause_open": True, "raised": []}
    return ProblemPart(**{**plain, **more})


def packed(project: str, week: str, **more: Any) -> str:
    """The same as the text that a report keeps."""
    return compiled.pack(REPORT, content(project, week, **more))


def newer(project: str, week: str) -> str:
    """The same in the form of a newer program."""
    return compiled.pack(replace(REPORT, version=REPORT.version + 1), content(project, week))
