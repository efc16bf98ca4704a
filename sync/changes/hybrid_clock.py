"""The hybrid logical clock: `at = milliseconds since 1970 UTC << 16 | counter`.

It orders what people see and breaks ties, nothing else: whether two edits are concurrent never
depends on it, so a wrong clock costs a wrong time on the screen and no data.
After Kulkarni et al., "Logical Physical Clocks" (2014).
"""

from __future__ import annotations

from collections.abc import Iterable

DRIFT_MS = 5 * 60 * 1000
"""How far another device's clock may draw ours ahead of the wall."""

COUNTER_BITS = 16
LAST_MS = 1 << 46
"""A wall clock is believed up to the year 4199: the counter never meets the end of 63 bits."""


def tick(last: int, now_ms: int) -> int:
    """The time of a new change: after `last` always, the wall clock's time when that is later.

    A full counter carries into the milliseconds; a clock set back lets the counter run.
    """
    return max(last + 1, min(max(now_ms, 0), LAST_MS) << COUNTER_BITS)


def witness(last: int, seen: Iterable[int], now_ms: int) -> int:
    """Our `last` after seeing others' `at`s: later, but for those that lie too far ahead.

    A clock of 2099 is not followed, not even part of the way, so it can never be catching.
    """
    end = (min(now_ms, LAST_MS) + DRIFT_MS + 1) << COUNTER_BITS
    return max(last, max((at for at in seen if at < end), default=last))


def millis(at: int) -> int:
    """The wall-clock part of `at`, in milliseconds UTC."""
    return at >> COUNTER_BITS
