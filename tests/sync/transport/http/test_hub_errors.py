"""Hub errors: a status and a word; every word has a sentence at the device."""

from __future__ import annotations

from models.text.words import Refused, W
from sync.transport.http import hub_errors
from sync.transport.http.client import REASONS
from sync.transport.http.hub_errors import HubError, malformed

WORDS = [
    value for name, value in vars(hub_errors).items() if name.isupper() and isinstance(value, str)
]
HANDLED = {hub_errors.OLD_EPOCH, hub_errors.CLOCK, hub_errors.REPLAYED, hub_errors.BUSY}
"""What the device acts upon, so that nobody reads it."""


def test_every_word_is_said_once() -> None:
    assert len(WORDS) == len(set(WORDS)) > 20
    assert all(word.replace("-", "").isalpha() and word.islower() for word in WORDS)


def test_every_reason_that_a_device_knows_is_one_of_the_words() -> None:
    assert set(REASONS) <= set(WORDS) - {hub_errors.REPLAYED}


def test_an_error_carries_its_facts() -> None:
    error = HubError(409, hub_errors.BEHIND, members=3)
    assert (error.status, error.reason, error.facts) == (409, "behind", {"members": 3})
    assert (malformed(part="x").status, malformed(part="x").facts) == (400, {"part": "x"})


def test_a_sentence_travels_whole_in_both_languages() -> None:
    why = Refused(
        W("设备 {device} 不是成员。", "The device {device} is no member's."), device="d{7}"
    )
    heard = hub_errors.heard(hub_errors.told(why))
    assert (heard.zh, heard.en) == ("设备 d{7} 不是成员", "The device d{7} is no member's")


def test_what_an_older_hub_or_a_strange_one_says_is_shown_within_bounds() -> None:
    assert hub_errors.heard("cut off in the mid").en == "cut off in the mid"
    strange: object
    for strange in ({}, {"zh": 1}, None, [], "x" * 10_000, {"zh": "", "en": "."}):
        heard = hub_errors.heard(strange)
        assert 0 < len(heard.zh) <= 1000 and 0 < len(heard.en) <= 1000
