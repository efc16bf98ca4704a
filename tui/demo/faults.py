"""The problems of the month as the engineers wrote them down, and how they went on."""

from __future__ import annotations

from typing import NamedTuple

from models.text.words import W
from tui.demo.data_files import read

When = tuple[int, str]
"""Working days after the problem was found, and the time of day."""


class Correction(NamedTuple):
    """One attempt: cause and correction, then the re-verification; `fails` = it did not conform."""

    fault: str
    when: When
    cause: W
    cause_class: str
    correction: W
    verify_method: W | None = None
    verified: When | None = None
    fails: W | None = None


class DemoFault(NamedTuple):
    """A problem that a checklist item shows, or (without a template) one found otherwise.

    `found` is the day it was found, counted in working days from the end (0 = the last); for a
    weekly template it counts that template's sheets. `values` holds one reading for each sheet
    that shows it ('' for an item without reading), so its length is how long. `noted` is the
    time of day at which it was written down, when that was much later.
    With `direct` the answer leads straight to an escalation, without an on-site fix between.
    """

    key: str
    found: int
    who: str
    phenomenon: W
    place: W
    equipment: str | None = None
    site: str | None = None
    """Where it is, when no equipment says so."""
    template: str = ""
    item: str = ""
    device_row: str | None = None
    round: int = 1
    values: tuple[str, ...] = ()
    remark: W = W("", "")
    during: str = "checklist"
    direct: bool = False
    noted: str | None = None
    project: str = ""
    """Whose it is, when no template says so."""
    typical: bool = False
    escalated: When | None = None
    closed: When | None = None

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """The attempts, earliest first."""
        return tuple(attempt for attempt in CORRECTIONS if attempt.fault == self.key)


class DemoEscalation(NamedTuple):
    """The escalation of a fault; it stays where its moves end."""

    fault: str
    reason_kind: str
    severity: str
    due: int
    """Working days from the finding to the date asked for."""

    @property
    def steps(self) -> tuple[EscalationMove | DemoMember, ...]:
        """Its moves and the members of its group, in order."""
        return tuple(step for step in _STEPS if step.fault == self.fault)

    @property
    def fixed(self) -> EscalationMove | None:
        """The move that put it right, if there is one."""
        moves = (step for step in self.steps if isinstance(step, EscalationMove))
        return next((step for step in moves if step.move == "fix"), None)


class DemoMember(NamedTuple):
    """A member of the group that the department manager forms on accepting an escalation."""

    fault: str
    person: str
    duty: W


class EscalationMove(NamedTuple):
    """A move of an escalation with what it writes; by default the department manager makes it."""

    move: str
    fault: str
    at: When
    by: str | None = None
    comment: W | None = None
    advice: W | None = None
    solution: W | None = None
    cause: W | None = None
    cause_class: str | None = None
    measure: W | None = None
    verify_method: W | None = None


_FAULTS = [
    read(f"faults/{name}", {"fault": DemoFault, "correction": Correction})
    for name in ("tram", "hospital", "water")
]
FAULTS = tuple(fault for part in _FAULTS for fault in part.of(DemoFault))
CORRECTIONS = tuple(attempt for part in _FAULTS for attempt in part.of(Correction))
_ESCALATIONS = read(
    "escalations",
    {"escalation": DemoEscalation, "group_member": DemoMember, "move": EscalationMove},
)
ESCALATIONS = _ESCALATIONS.of(DemoEscalation)
_STEPS = tuple(step for step in _ESCALATIONS if not isinstance(step, DemoEscalation))


def escalation(fault: str) -> DemoEscalation | None:
    """The escalation of a fault, if it came to one."""
    return next((raised for raised in ESCALATIONS if raised.fault == fault), None)
