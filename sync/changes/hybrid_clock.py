"""The hybrid logical clock: `at = milliseconds since 1970 UTC << 16 | counter`.

It orders what people see and breaks ties, nothing else: whether two edits are concurrent never
depends on it, and a device's own changes are ordered by their sequences. So a wrong clock costs a
wrong time on what was written meanwhile, and nothing once it is right: what people are shown is
never further from the wall clock of the writing than `DRIFT_MS`.
After Kulkarni et al., "Logical Physical Clocks" (2014).
"""

from __future__ import annotations

from collections.abc import Iterable

DRIFT_MS = 5 * 60 * 1000
"""How far another device's clock, or our own last time, may draw ours ahead of the wall."""

COUNTER_BITS = 16
LAST_MS = 1 << 46
"""A wall clock is believed up to the year 4199: the counter never meets the end of 63 bits."""


def tick(last: int, now_ms: int) -> int:
    """The time of a new change: the wall clock's, and after `last` where that is near it.

    A full counter carries into the milliseconds; a clock set back a little lets the counter run. A
    `last` that lies too far ahead was written by a wrong clock, and is not followed.
    """
    wall = min(max(now_ms, 0), LAST_MS)
    return max(last + 1 if believed(last, wall) else 0, wall << COUNTER_BITS)


def witness(last: int, seen: Iterable[int], now_ms: int) -> int:
    """Our `last` after seeing others' `at`s: later, but for those that lie too far ahead.

    A clock of 2099 is not followed, not even part of the way, so it can never be catching.
    """
    return max(last, max((at for at in seen if believed(at, now_ms)), default=last))


def believed(at: int, now_ms: int) -> bool:
    """Whether a time lies no further ahead of the wall clock than clocks may differ."""
    return at < (min(now_ms, LAST_MS) + DRIFT_MS + 1) << COUNTER_BITS


def millis(at: int) -> int:
    """The wall-clock part of `at`, in milliseconds UTC."""
    return at >> COUNTER_BITS
