"""Compiled rules: the data of a report comes with its issue, has its form and is about it."""

from __future__ import annotations

from typing import Any

import pytest

from models.derived import compiled
from models.schema import natural_keys
from models.schema.record import kinds
from sync.changes.change import Change
from sync.validation import reasons
from sync.validation.reasons import Newer
from sync.validation.rules.compiled_rules import issued_with
from sync.validation.rules.move_rules import moved
from tests.support import issued_weeks
from tests.sync.validation.written import PROJECT, SPACE, Pages, header, move, refused

WEEK = "2026-W47"
KIND = kinds["weekly_report"].kind
REPORT = natural_keys.key_id(KIND, SPACE, PROJECT, "", {"week": WEEK})
RIGHT = issued_weeks.packed(PROJECT, WEEK)


@pytest.fixture
def pages() -> Pages:
    """The report of a week, compiled by one with every role."""
    made = Pages()
    first = {"state": "compiled", "week": WEEK}
    made.write(first, by="d0", record=REPORT, type="weekly_report", header=header("p0"))
    return made


def issue(pages: Pages, content: Any, **more: Any) -> Change:
    """The issue of it, with some content."""
    said = move("issue", "compiled", "issued", role="project_manager") | more
    said |= {"members": pages.log.version}
    said |= {"saw": {"week": [list(dot) for dot in pages.latest(REPORT, "week")]}}
    fields = {"state": "issued", **({} if content is None else {"content": content})}
    return pages.next(fields, by="d0", record=REPORT, type="weekly_report", move=said)


@pytest.mark.parametrize("content", [RIGHT, None])
def test_the_issue_brings_its_data_or_none(pages: Pages, content: str | None) -> None:
    moved(pages.case(issue(pages, content)))


@pytest.mark.parametrize(
    "content",
    [5, "", "{}", "[" * 50_000, {"x": 1}, issued_weeks.packed(PROJECT, "2026-W46"),
     issued_weeks.packed("two", WEEK), RIGHT[:-4]],
)  # fmt: skip
def test_data_that_does_not_fit_is_refused(pages: Pages, content: Any) -> None:
    case = pages.case(issue(pages, content))
    refused(reasons.NOT_COMPILED, lambda: moved(case))


def test_data_of_a_newer_form_waits(pages: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    case = pages.case(issue(pages, RIGHT))
    report = compiled.of("weekly_report")
    older = {name: getattr(report, name) for name in report.attributes()} | {"version": 0}
    monkeypatch.setitem(compiled._reports, "weekly_report", report.__class__(**older))
    with pytest.raises(Newer) as newer:
        moved(case)
    assert newer.value.word == reasons.NEWER_FORM


@pytest.mark.parametrize(("from_", "to"), [("compiled", "compiled"), ("issued", "issued")])
def test_data_comes_with_nothing_but_the_issue(pages: Pages, from_: str, to: str) -> None:
    case = pages.case(issue(pages, RIGHT))
    refused(reasons.NO_ISSUE, lambda: issued_with(case, from_, to))
