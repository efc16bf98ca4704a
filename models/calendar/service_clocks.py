"""Service clocks: the hours of a day that an agreement counts as working time."""

from __future__ import annotations

from models.calendar.business_dates import MINUTE_MS
from models.frozen import NamedTuple
from models.text.words import W


class Clock(NamedTuple):
    """The hours of a day that count (minutes of the day), on every day or on working days."""

    label: W
    begin: int
    end: int
    every_day: bool

    @property
    def length(self) -> int:
        """Working time of one day, in ms."""
        return (self.end - self.begin) * MINUTE_MS


CLOCKS = {
    "7x24": Clock(W("7×24（全天候）", "24 × 7, round the clock"), 0, 24 * 60, True),
    "5x8": Clock(W("5×8（工作日 9–17 时）", "8 × 5, working days 9–17"), 9 * 60, 17 * 60, False),
    "7x12": Clock(W("7×12（每天 8–20 时）", "12 × 7, every day 8–20"), 8 * 60, 20 * 60, True),
}

CLOCK = "5x8"
"""The hours that count as working time where no agreement says else."""
