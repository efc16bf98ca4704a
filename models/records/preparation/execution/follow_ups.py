"""Follow ups: the execution that a planned task leads to. Clause: 4.2.1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.records.common.follow_ups import follow_up
from models.records.preparation.plans.service_task import ServiceTask

if TYPE_CHECKING:
    from models.book.book import Book


@follow_up("service_task", to="task_execution")
def execution_values(book: Book, task: ServiceTask) -> dict[str, Any]:  # noqa: ARG001
    """Of the plan and task; the rules find the first version of the plan."""
    return {"plan": task.plan, "task": task.code}
