"""History: what keeps a change from being judged is named."""

from __future__ import annotations

from sync.apply.local_history import LocalHistory
from sync.apply.rows.record_state import RecordState
from sync.hub.storage.history import History
from sync.validation.history import ChangeHistory, CurrentRow, Lacking
from tests.support.receiver import Memory


def test_a_change_that_cannot_be_judged_says_what_is_not_kept() -> None:
    lack = Lacking(("d1", 7))
    assert lack.dot == ("d1", 7) and str(lack) == "d1:7"


def asked(protocol: type) -> set[str]:
    """The names that a protocol declares, inherited ones among them."""
    own = {name for cls in protocol.__mro__ for name in vars(cls)}
    return {name for name in own if not name.startswith("_")}


def test_books_hub_and_tests_answer_the_same_questions() -> None:
    assert asked(ChangeHistory) >= {"change", "births", "quarantined", "current_row"}
    for answering in (LocalHistory, History, Memory):
        assert asked(ChangeHistory) <= set(dir(answering))
    assert asked(CurrentRow) <= set(dir(RecordState))
