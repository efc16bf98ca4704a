"""Follow ups: the corrective action that a problem or finding leads to, pre-filled.

Clause: 5.3.1(2), 5.3.2(3).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.records.common.follow_ups import follow_up
from models.schema.record import Record

if TYPE_CHECKING:
    from models.book.book import Book

SUBJECT = 60
"""Most characters of an action's subject taken from the text it begins from."""


def action_values(
    record: Record, finding: object = None, sort: str = "", **more: Any
) -> dict[str, Any]:
    """The start of an action that a record leads to: its source, and what was found."""
    text = str(finding or record.title())
    subject = text.split("\n", 1)[0].strip()[:SUBJECT] or record.number
    found = {"subject": subject, "source": record.id, "finding": text, "sort": sort or None}
    return {**found, **more}


@follow_up("fix", "escalation", to="corrective_action")
def of_problem(book: Book, record: Record) -> dict[str, Any]:  # noqa: ARG001
    """What keeps a problem from coming back: its cause is known already."""
    had = record.values()
    more = {name: had.get(name) for name in ("cause", "cause_class")}
    return action_values(record, had.get("phenomenon"), "corrective", **more)


@follow_up("problem_report", to="corrective_action")
def of_report(book: Book, record: Record) -> dict[str, Any]:  # noqa: ARG001
    """The measures that a problem report names."""
    had = record.values()
    return action_values(
        record,
        had.get("phenomenon"),
        "corrective",
        cause=had.get("cause_root") or had.get("cause_direct"),
        cause_class=had.get("cause_class"),
        measure=had.get("measures"),
    )


@follow_up("routine_deviation", to="corrective_action")
def of_deviation(book: Book, record: Record) -> dict[str, Any]:  # noqa: ARG001
    """A deviation from the plan, with the reason that was found for it."""
    had = record.values()
    said = "\n".join(str(had[name]) for name in ("subject", "found") if had.get(name))
    return action_values(record, said or None, "corrective", cause=had.get("reason"))


@follow_up("quarterly_answer", to="corrective_action")
def of_question(book: Book, record: Record) -> dict[str, Any]:  # noqa: ARG001
    """What a quarterly check found wanting."""
    had = record.values()
    return action_values(record, had.get("finding"), "corrective")


@follow_up("random_finding", to="corrective_action")
def of_conduct(book: Book, record: Record) -> dict[str, Any]:  # noqa: ARG001
    """A norm that was not kept, with what was found instead."""
    had = record.values()
    said = [had.get(name) for name in ("norm", "reading", "remark")]
    text = "\n".join(str(one) for one in said if one)
    return action_values(record, text or None, "correction")


@follow_up("spare_part", to="corrective_action")
def of_part(book: Book, record: Record) -> dict[str, Any]:  # noqa: ARG001
    """A spare part that is too few or too old: a risk until there is another one."""
    had = record.values()
    verdict = type(record).specs()["verdict"].word(had.get("verdict"))
    said = " ".join(str(one) for one in (had.get("part"), verdict) if one)
    return action_values(record, said or None, "preventive", measure=had.get("action"))


@follow_up("answer", to="corrective_action")
def of_answer(book: Book, record: Record) -> dict[str, Any]:
    """An item of a checklist that is not ok."""
    had = record.values()
    item = book.find(str(had.get("item")))
    said = [item.title() if item is not None else "", had.get("reason"), had.get("remark")]
    return action_values(record, "\n".join(str(one) for one in said if one) or None)
