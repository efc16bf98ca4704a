"""Fault notes: what the app does after a fault: it keeps drafts, writes a report, says one line."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from models.text.words import Refused
from tui.app.faults import crash_report

if TYPE_CHECKING:
    from pathlib import Path

    from textual.screen import Screen


def cause(error: BaseException) -> BaseException:
    """The error itself, where a worker wrapped it."""
    inner = getattr(error, "error", None)
    return inner if isinstance(inner, BaseException) else error


def refused(error: BaseException) -> Refused | None:
    """The refusal that a person reads, when it is no fault of the program."""
    found = cause(error)
    return found if isinstance(found, Refused) else None


def keep_drafts(screens: list[Screen[object]]) -> None:
    """Let every screen keep what was typed and not saved yet; none may stop the others."""
    for screen in screens:
        keep = getattr(screen, "keep_draft", None)
        if keep is not None:
            with suppress(Exception):
                keep()


def reported(error: BaseException, home: Path) -> str:
    """Write the report; the sentence for the person."""
    return crash_report.sentence(cause(error), home)
