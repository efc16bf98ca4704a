"""What a problem of the demonstration is made of: where it shows, what is done, how it goes on."""

from __future__ import annotations

from typing import NamedTuple

from models.text.words import W

When = tuple[int, str]
"""Working days after the problem was found, and the time of day."""


class Correction(NamedTuple):
    """One attempt: cause and correction, then the re-verification; `fails` = it did not conform."""

    when: When
    cause: W
    cause_class: str
    done: W
    method: W | None = None
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
    template: str
    item: str
    found: int
    values: tuple[str, ...]
    who: str
    equipment: str | None
    remark: W
    phenomenon: W
    place: W
    corrections: tuple[Correction, ...] = ()
    closed: When | None = None
    escalated: When | None = None
    device_row: str | None = None
    round: int = 1
    during: str = "checklist"
    typical: bool = False
    direct: bool = False
    noted: str | None = None
    site: str | None = None
    """Where it is, when no equipment says so."""
    project: str = ""
    """Whose it is, when no template says so."""


class DemoEscalation(NamedTuple):
    """How the escalation of a fault goes on; it stays where the given steps end."""

    fault: str
    reason: str
    severity: str
    due: int
    """Working days from the finding to the date asked for."""
    group: tuple[tuple[str, W], ...] = ()
    accepted: tuple[When, W] | None = None
    returned: tuple[When, W] | None = None
    drafted: tuple[When, str, W] | None = None
    approved: tuple[When, W] | None = None
    started: tuple[When, str] | None = None
    fixed: tuple[When, str, W, str, W] | None = None
    verified: tuple[When, str, W] | None = None
    closed: tuple[When, W] | None = None
