"""Reissue summary: what comes along into another organisation, and what stays, in words."""

from __future__ import annotations

from collections import Counter

from models.schema.record import kinds
from models.text.words import Refused, W, language
from sync.organisation.reissue import Preview
from tui.pages.sync.reissue_summary import ahead, done

WHY = Refused(W("那里已有", "is there already"))


def preview(brought: dict[str, int], left: dict[str, int]) -> Preview:
    """What would be brought and left, all for the same reason."""
    return Preview(brought=Counter(brought), left=Counter(left), why=dict.fromkeys(left, WHY))


def test_what_comes_is_said_before_and_counted_after() -> None:
    told = preview({"fix": 3, "site": 1}, {})
    fix, site = kinds["fix"].kind.label, kinds["site"].kind.label
    assert list(ahead(told)) == [f"将带入：{fix} 3、{site} 1"]
    assert list(done(told)) == ["已带入 4 条记录。"]


def test_what_stays_is_said_with_its_reason_both_times() -> None:
    told = preview({}, {"customer": 2})
    stays = f"将留在旧现场簿：{kinds['customer'].kind.label} 2（那里已有）"
    assert list(ahead(told)) == ["将带入：-", stays]
    assert list(done(told)) == ["已带入 0 条记录。", stays]


def test_both_languages() -> None:
    language.now = "en"
    told = preview({"fix": 3}, {"customer": 2})
    assert "3 records" in next(done(told)) and "is there already" in list(ahead(told))[1]
