"""The hybrid clock: never carried off, by others or by itself. Sync cases 31-33."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from sync.changes.hybrid_clock import (
    COUNTER_BITS,
    DRIFT_MS,
    LAST_MS,
    believed,
    millis,
    tick,
    witness,
)

NOW = 1_764_000_000_000
Y2099 = 4_080_000_000_000
steady = settings(derandomize=True, database=None, deadline=None, max_examples=200)
walls = st.one_of(
    st.integers(NOW - 10, NOW + 10), st.integers(-(10**15), 10**16), st.just(0), st.just(Y2099)
)
stamps = st.integers(0, (1 << 63) - 1) | st.integers(-3, 3).map(lambda d: (NOW << 16) + d)


@steady
@given(stamps.filter(lambda s: s < 1 << 62), st.lists(walls, min_size=1, max_size=30))
def test_a_device_never_goes_back_but_from_times_to_come(last: int, wall: list[int]) -> None:
    given_out = [last]
    for now in wall:
        before = given_out[-1]
        at = tick(before, now)
        assert at != before and (at > before or not believed(before, max(now, 0)))
        assert 0 <= at < 1 << 63
        given_out.append(at)
        shown, here = millis(at), min(max(now, 0), LAST_MS)
        assert here <= shown <= here + DRIFT_MS + 1


@steady
@given(st.integers(0, NOW << COUNTER_BITS), st.integers(0, LAST_MS))
def test_the_wall_clock_is_taken_when_it_is_later(last: int, now: int) -> None:
    at = tick(last, now)
    assert at == now << COUNTER_BITS or (at == last + 1 and now <= millis(at) <= now + DRIFT_MS + 1)


def test_a_clock_set_back_and_one_millisecond_twice_count_on() -> None:
    first = tick(0, NOW)
    same = tick(first, NOW)
    back = tick(same, NOW - DRIFT_MS)
    assert (same, back) == (first + 1, first + 2)
    assert millis(back) == NOW
    assert tick(same, NOW - 3_600_000) == (NOW - 3_600_000) << COUNTER_BITS
    assert tick(back, NOW + 1) == (NOW + 1) << COUNTER_BITS


def test_a_full_counter_carries_into_the_milliseconds() -> None:
    full = (NOW << COUNTER_BITS) | ((1 << COUNTER_BITS) - 1)
    assert tick(full, NOW) == (NOW + 1) << COUNTER_BITS


@steady
@given(stamps, st.lists(stamps, max_size=4), walls)
def test_another_clock_never_draws_ours_back_nor_far_ahead(
    last: int, seen: list[int], now: int
) -> None:
    after = witness(last, seen, now)
    assert after in (last, *seen)
    assert after == max(witness(last, [one], now) for one in (*seen, last))
    assert after >= last
    assert after == last or millis(after) <= now + DRIFT_MS


def test_what_was_seen_comes_before_what_is_written_next() -> None:
    seen = ((NOW + DRIFT_MS) << COUNTER_BITS) | 7
    assert tick(witness(0, [seen], NOW), NOW) == seen + 1


def test_a_clock_of_2099_is_not_followed_even_part_of_the_way() -> None:
    last = NOW << COUNTER_BITS
    assert witness(last, [Y2099 << COUNTER_BITS], NOW) == last
    assert witness(last, [(NOW + DRIFT_MS + 1) << COUNTER_BITS], NOW) == last


def test_a_device_whose_own_clock_was_in_2099_goes_on_after_correction() -> None:
    last = tick(0, Y2099)
    later = tick(witness(last, [NOW << COUNTER_BITS], NOW), NOW)
    assert millis(later) == NOW
    assert tick(later, NOW) == later + 1
