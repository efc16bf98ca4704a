"""Longest waiting: what waits for a person longest is never below the first rows of Today.

The groups of the agenda stand in the order of the day's work, so a long list of checks or a busy
inbox could push the oldest record off the screen. Only then it is lifted into a group of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from models.queries.waiting import agenda
from models.queries.waiting.agenda import AgendaItem, section
from models.text.words import W

LONGEST = "longest"
section(LONGEST, W("等待最久", "Waiting longest"), 5)
FIRST_ROWS = 14
"""Rows of Today, headings included, that are on the smallest screen with room to spare."""


def lifted(tasks: Sequence[AgendaItem], above: int = 0) -> list[AgendaItem]:
    """The agenda in its order, the record that waits longest first if it were too far down.

    `above`: rows that are shown before the agenda.
    """
    oldest = min((one for one in tasks if one.waits), key=lambda one: one.since, default=None)
    if oldest is None or above + _row(tasks, oldest) <= FIRST_ROWS:
        return list(tasks)
    rest = [one for one in tasks if one is not oldest]
    return [oldest._replace(group=LONGEST), *rest]


def _row(tasks: Sequence[AgendaItem], item: AgendaItem) -> int:
    """The row on which an item is shown, counted from 1: groups have a heading, and a hint where
    nothing is in them."""
    place = {one.name: one.place for one in agenda.sections()}
    here = place.get(item.group, len(place))
    filled = {one.group for one in tasks}
    hints = (one for one in agenda.sections() if one.empty is not None and one.place < here)
    row = sum(one.name not in filled for one in hints)
    for _, some in groupby(tasks, key=lambda one: one.group):
        row += 1
        for one in some:
            row += 1
            if one is item:
                return row
    return row
