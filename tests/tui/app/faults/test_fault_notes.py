"""Faults: what is no fault of the program, whose drafts are kept, and the one line that is said."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from textual.screen import Screen

from models.text.words import Refused, W
from tui.app.faults import fault_notes

WHY = W("不行", "no")


class Wrapped(Exception):
    """A worker's error, which holds the one that it met."""

    def __init__(self, error: BaseException) -> None:
        super().__init__("in a worker")
        self.error = error


class Drafting:
    """A screen that keeps what was typed, or fails to."""

    def __init__(self, fails: bool = False) -> None:
        self.kept, self.fails = 0, fails

    def keep_draft(self) -> None:
        """Count."""
        self.kept += 1
        if self.fails:
            raise OSError("the disk")


def test_the_cause_is_what_a_worker_met() -> None:
    error = ValueError("x")
    assert fault_notes.cause(Wrapped(error)) is error
    assert fault_notes.cause(error) is error


def test_a_refusal_is_no_fault_wrapped_or_not() -> None:
    refused = Refused(WHY)
    assert fault_notes.refused(refused) is refused
    assert fault_notes.refused(Wrapped(refused)) is refused
    assert fault_notes.refused(ValueError("x")) is None


def test_every_screen_keeps_its_draft_whatever_the_others_do() -> None:
    first, broken, last = Drafting(), Drafting(fails=True), Drafting()
    screens = cast("list[Screen[Any]]", [first, broken, object(), last])
    fault_notes.keep_drafts(screens)
    assert (first.kept, broken.kept, last.kept) == (1, 1, 1)


def test_the_report_is_about_the_cause(tmp_path: Path) -> None:
    said = fault_notes.reported(Wrapped(KeyError("名字")), tmp_path)
    (report,) = tmp_path.rglob("crash-*.txt")
    assert report.name in said
    text = report.read_text(encoding="utf-8")
    assert "KeyError" in text and "Wrapped" not in text and "名字" not in text
