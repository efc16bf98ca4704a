"""Stream: many records from lines of JSON, each acknowledged once it is on the disk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from models.book.batch import alone, batch
from models.text.words import Refused, W, say
from sync.workspace.workspace import Workspace
from tui.cli import json_stream, output

BAD_LINE = W("第 {number} 行未保存：{reason}", "Line {number} was not saved: {reason}")
SOME_REFUSED = W(
    "{bad} 行未保存，其余 {good} 行已保存。",
    "{bad} lines were not saved; the other {good} were.",
)
CUT_OFF = W(
    "输出已关闭：后面的行没有再读取，已保存的记录不受影响。",
    "The output was closed: later lines were not read; what was saved is safe.",
)

Save = Callable[[Mapping[str, Any]], str]
"""Saves what one line asks for and returns the name to acknowledge it by."""


def work_off(workspace: Workspace, path: str, save: Save) -> int:
    """Save line after line; returns the exit code. A refused line does not stop the others."""
    good = bad = 0
    with json_stream.source(path) as stream:
        for some in json_stream.batches(stream):
            saved, refused = _together(workspace, some, save)
            try:
                output.acknowledge(saved)
            except BrokenPipeError:
                output.complain(str(CUT_OFF))
                return 1
            for number, reason in refused:
                output.complain(say(BAD_LINE, number=number, reason=reason))
            good, bad = good + len(saved), bad + len(refused)
    if bad:
        output.complain(say(SOME_REFUSED, bad=bad, good=good))
    return 1 if bad else 0


def _together(
    workspace: Workspace, some: list[json_stream.JsonLine], save: Save
) -> tuple[list[str], list[tuple[int, str]]]:
    """Names saved, durably when this returns, and (line, reason) of those refused."""
    saved: list[str] = []
    refused: list[tuple[int, str]] = []
    with batch(workspace.book):
        for line in some:
            try:
                asked = json_stream.item(line)
                with alone(workspace.book):
                    saved.append(save(asked))
            except Refused as error:
                refused.append((line.number, str(error)))
    return saved, refused
