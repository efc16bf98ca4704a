"""Import lists: what the import page shows of a list at each step, as rows."""

from __future__ import annotations

from collections.abc import Iterator

from models.text.words import W, say
from tui.display.row_layout import ListColumn
from tui.display.row_source import DisplayLine, Fixed
from tui.spreadsheets.importing.import_session import ImportSession
from tui.spreadsheets.mapping.row_shape import is_total
from tui.spreadsheets.reading.table import TableRow

NONE = W("不采用", "not used")
UNSET = W("不采用 ?", "not used ?")
EVERY = W("每个工作表各一份", "Each sheet by itself")
NAMES_HERE = W("▸ 列名", "▸ names")
SKIPPED = W("跳过", "skipped")
DOUBTFUL = W("限值请核对", "check limits")
CHOSEN = W("✓", "✓")
STEPS = {
    "sheets": W("工作表", "Sheet"),
    "header": W("列名行", "Names"),
    "columns": W("列", "Columns"),
    "words": W("词", "Words"),
    "result": W("结果", "Result"),
}
COLUMNS: dict[str, tuple[ListColumn, ...]] = {
    "sheets": (
        ListColumn("name", W("工作表", "Sheet"), 20, weight=1),
        ListColumn("mark", W("导入", "Imported"), 8),
    ),
    "header": (
        ListColumn("row", W("行", "Row"), 4, right=True),
        ListColumn("cells", W("内容", "Content"), 40, weight=1),
        ListColumn("mark", W("", ""), 8),
    ),
    "columns": (
        ListColumn("column", W("列", "Column"), 16, weight=2),
        ListColumn("example", W("例", "Example"), 14, weight=2),
        ListColumn("field", W("字段", "Field"), 16, weight=1),
    ),
    "words": (
        ListColumn("field", W("字段", "Field"), 12, weight=1),
        ListColumn("word", W("清单中的词", "Word in the list"), 18, weight=2),
        ListColumn("choice", W("选项", "Choice"), 14, weight=1),
    ),
    "result": (
        ListColumn("row", W("行", "Row"), 4, right=True),
        ListColumn("title", W("记录", "Record"), 24, weight=3),
        ListColumn("rest", W("内容", "Content"), 18, weight=3),
        ListColumn("mark", W("注意", "Note"), 10, weight=2),
    ),
}


def steps(session: ImportSession) -> list[str]:
    """The steps that a list has: those with something to choose."""
    several = len(session.found.table.sheets) > 1
    found = ["sheets"] if several else []
    found += ["header"] if session.found.table.names_at else []
    return [*found, "columns", *(["words"] if session.mapping.words else []), "result"]


def rows(session: ImportSession, step: str) -> Fixed:
    """The rows of a step."""
    return Fixed(list(_ROWS[step](session)))


def _sheets(session: ImportSession) -> Iterator[DisplayLine]:
    table, every = session.found.table, session.mapping.each_sheet
    yield DisplayLine("=", {"name": EVERY, "mark": CHOSEN if every else ""})
    for name in table.sheets:
        chosen = every or name == table.sheet
        yield DisplayLine(f"={name}", {"name": name, "mark": CHOSEN if chosen else ""})


def _header(session: ImportSession) -> Iterator[DisplayLine]:
    table = session.found.table
    for number, cells in enumerate(table.first, 1):
        texts = [" ".join(cell.split()) for cell in cells if cell.strip()]
        row = TableRow(number, dict(enumerate_names(texts)))
        out = number < table.names_at or not texts or is_total(row)
        style = "success" if number == table.names_at else "muted" if out else ""
        mark = NAMES_HERE if number == table.names_at else SKIPPED if out else ""
        if number > table.names_at and len(set(texts)) == 1 and not out:
            style = "warning"  # a heading, or a row with one text
        values: dict[str, str | W] = {"row": str(number), "cells": " │ ".join(texts), "mark": mark}
        yield DisplayLine(str(number), values, style)


def enumerate_names(texts: list[str]) -> Iterator[tuple[str, str]]:
    """Texts by their place, as the cells of a row."""
    for at, text in enumerate(texts):
        yield str(at), text


def _columns(session: ImportSession) -> Iterator[DisplayLine]:
    for column, name in session.mapping.maps.items():
        example = next(iter(session.found.words(column)), "")
        field = session.label(name) if name else NONE
        values: dict[str, str | W] = {"column": column, "example": example, "field": field}
        yield DisplayLine(f"={column}", values, "" if name else "muted")


def _words(session: ImportSession) -> Iterator[DisplayLine]:
    for name, table in session.mapping.words.items():
        known = dict(session.options(name))
        for word, choice in table.items():
            said = known.get(choice, UNSET)
            values: dict[str, str | W] = {
                "field": session.label(name),
                "word": word,
                "choice": said,
            }
            yield DisplayLine(f"{name}={word}", values, "" if choice else "warning")


def _result(session: ImportSession) -> Iterator[DisplayLine]:
    if session.report.fault is not None:
        yield DisplayLine("fault", {"title": str(session.report.fault)}, "error")
        return
    before = ""
    for look in session.looks():
        if look.heading:
            continue
        section, title, rest = session.said(look)
        if section and section != before:
            before = section
            yield DisplayLine(f"s{look.number}", {"title": f"── {section}"}, "muted")
        doubtful = look.mark == "doubtful"
        style = "warning" if doubtful else "error" if look.mark else ""
        mark: str | W = DOUBTFUL if doubtful else look.mark
        values: dict[str, str | W] = {
            "row": str(look.number),
            "title": title,
            "rest": rest,
            "mark": mark,
        }
        yield DisplayLine(str(look.number), values, style)


_ROWS = {
    "sheets": _sheets,
    "header": _header,
    "columns": _columns,
    "words": _words,
    "result": _result,
}
COUNTS = W(
    "将新增 {added} 条；已在簿中 {same}；不导入 {refused}；待核对 {doubtful}",
    "to add: {added}; already here: {same}; refused: {refused}; to check: {doubtful}",
)


def counts(session: ImportSession) -> str:
    """What would come of the list, in numbers."""
    report = session.report
    added = report.added[session.cls.kind.name]
    same = sum(report.same.values())
    doubtful = len(report.doubtful)
    return say(COUNTS, added=added, same=same, refused=report.refused, doubtful=doubtful)
