"""Ready-made templates: whole in both languages, one for each purpose that the manual names."""

from __future__ import annotations

from models.records.checks.ready_templates import READY
from models.records.checks.template import PURPOSES


def test_there_is_one_for_each_purpose_but_routine_work() -> None:
    assert list(READY) == [name for name, *_ in PURPOSES if name != "daily"]


def test_each_is_whole_in_both_languages() -> None:
    for one in READY.values():
        assert len(one.items) > 3 and all((*one.label, *one.sampling))
        texts = [item.text for item in one.items]
        assert len(set(texts)) == len(texts)
        assert all(all((*item.text, *item.expected, *item.method)) for item in one.items)
