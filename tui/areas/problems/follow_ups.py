"""Follow ups: from a problem to its report or concession, prefilled, with one key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.records.problems import follow_ups
from models.schema.record import Record
from models.text.words import W
from tui.widgets.commands import Command

if TYPE_CHECKING:
    from tui.widgets.app_context import AppContext

COMMANDS = (
    Command(
        id="record.report",
        word=W("问题报告", "Problem report"),
        help=W(
            "由处置或升级引出预填的问题分析处理报告；已有的直接打开",
            "a prefilled problem report of a fix or escalation; opens the one there is",
        ),
        keys="T,ctrl+r",
        action="lead('problem_report')",
    ),
    Command(
        id="record.concession",
        word=W("让步申请", "Concession"),
        help=W(
            "由处置、升级、里程碑或交付引出预填的让步申请",
            "a prefilled concession of a fix, escalation, milestone or delivery",
        ),
        keys="N,ctrl+x",
        action="lead('concession')",
    ),
)


def lead(app: AppContext, record: Record, type: str) -> None:
    """Open what a record led to already, else the prefilled form of it."""
    book = app.workspace.book
    values = follow_ups.values(book, record, type)
    known = follow_ups.found(book.store, record, type)
    if known is not None:
        app.open_record(known.id)
    else:
        app.open_form(type, values, project=record.project)
