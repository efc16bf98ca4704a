"""Reports: what an import took in, what it refused, row by row and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from models.schema.record import kinds
from models.text.words import Refused, W, say, several

REASONS = 1_000
"""Most different reasons stored; rows refused for others are only counted."""
SPANS = 10_000
"""Most runs of rows stored for a reason."""
NAMED = 100
"""Runs of rows named in a sentence."""
ROWS_NAMED = 20
"""Most rows named that came in, but not as one may think."""

AT_ROW = W("第 {rows} 行：{reason}", "Row {rows}: {reason}")
AT_COLUMN = W("第 {rows} 行，“{column}”列：{reason}", "Row {rows}, column “{column}”: {reason}")
IN_ALL = W("{rows} … 共 {count}", "{rows} … {count} in total")
READ = W("读了 {count} 行。", "{count} rows read.")
ADDED = W("新增 {count} 条{type}。", "{type}: {count} added.")
MADE = W("一并新建 {count} 条{type}。", "{type}: {count} also created.")
UPDATED = W("更新 {count} 条{type}。", "{type}: {count} updated.")
SAME = W(
    "{count} 条{type}已在簿中，没有重复添加。",
    "{type}: {count} already in the book, not added again.",
)
REFUSED = W(
    "{count} 行没有导入；其余各行已保存。", "{count} rows were not imported; all others are saved."
)
LEFT_OUT = W("未使用的列：{columns}。", "Columns not used: {columns}.")
EMPTY = W(
    "{count} 行没有{type}的内容，已跳过。", "{count} rows say nothing of a {type} and were skipped."
)
TOTALS = W(
    "第 {rows} 行像是合计或签字，没有导入。",
    "Row {rows} looks like a sum or a signature and was not imported.",
)
ALIKE = W(
    "第 {rows} 行与簿中已有的记录相像（{numbers}），已另行新增。若是同一条，请用"
    " sitebook import --undo 撤销，再修改原记录；导入时加 --ref，以后改过的行才认得出。",
    "Row {rows}: like records in the book ({numbers}), added as new ones. If they are the same,"
    " undo with sitebook import --undo and edit the record that is there; with --ref a corrected"
    " row is known again.",
)
KEPT = W(
    "没有修改文件中清空或改动的：{fields}。这些不由导入修改，请在簿中修改。",
    "Not changed, though the file empties or changes it: {fields}. Change it in the book.",
)
OF_ROWS = W("{field}（第 {rows} 行）", "{field} (row {rows})")
DRY = W("这是试运行，什么都没有保存。", "This was a trial run: nothing was saved.")
STOPPED = W(
    "已停止。第 {row} 行之前（含）已保存，再导入一次即可继续。",
    "Stopped. Rows up to {row} are saved; import the file again to continue.",
)
NOTHING_NEW = W("文件中的内容都已在簿中。", "Everything in the file is already in the book.")


@dataclass(slots=True)
class Refusal:
    """Rows that were not taken for one reason."""

    column: str
    why: Refused
    spans: list[tuple[int, int]] = field(default_factory=list)
    """Their numbers, (first, last) of each run of neighbours."""
    count: int = 0

    def add(self, row: int) -> None:
        """One more row."""
        self.count += 1
        if self.spans and self.spans[-1][1] in (row - 1, row):
            self.spans[-1] = (self.spans[-1][0], row)
        elif len(self.spans) < SPANS:
            self.spans.append((row, row))

    def rows(self) -> Iterator[int]:
        """The numbers of the rows."""
        for first, last in self.spans:
            yield from range(first, last + 1)

    def __str__(self) -> str:
        named = [str(first) if first == last else f"{first}–{last}" for first, last in self.spans]
        shown = ", ".join(named[:NAMED])
        if len(named) > NAMED:
            shown = say(IN_ALL, rows=shown, count=self.count)
        if self.column:
            return say(AT_COLUMN, rows=shown, column=self.column, reason=self.why)
        return say(AT_ROW, rows=shown, reason=self.why)


@dataclass(slots=True)
class ImportReport:
    """What an import has done so far; counts are of what is on the disk."""

    rows: int = 0
    """Rows with anything in them, the column names not counted."""
    last: int = 0
    """The number of the last row that is dealt with for good."""
    added: Counter[str] = field(default_factory=Counter)
    updated: Counter[str] = field(default_factory=Counter)
    same: Counter[str] = field(default_factory=Counter)
    made: Counter[str] = field(default_factory=Counter)
    """Records made because others point to them."""
    refused: int = 0
    """Rows that were not taken."""
    left_out: tuple[str, ...] = ()
    empty: int = 0
    """Rows that said nothing of a record."""
    totals: list[int] = field(default_factory=list)
    """Numbers of rows that look like a sum or a signature."""
    alike: list[tuple[int, str]] = field(default_factory=list)
    """(row, number) of rows that came in as new and look like a record that was here."""
    kept: dict[tuple[str, W], list[int]] = field(default_factory=dict)
    """(field or head, its label) -> rows that empty or change it, which no import does."""
    label: object = ""
    """What the rows are to become, as people call it."""
    notes: list[Refused] = field(default_factory=list)
    dry: bool = False
    stopped: bool = False
    fault: Refused | None = None
    """What ended the import before the end of the file: a full disk, a damaged file."""
    _reasons: dict[tuple[str, str], Refusal] = field(default_factory=dict)

    def refuse(self, row: int, column: str, why: Refused) -> None:
        """Count a row that is not taken, and keep the reason."""
        self.refused += 1
        key = (column, str(why))
        known = self._reasons.get(key)
        if known is None and len(self._reasons) < REASONS:
            # without the frames it passed, which hold a whole chunk of rows
            why.__traceback__ = why.__context__ = why.__cause__ = None
            known = self._reasons[key] = Refusal(column, why)
        if known is not None:
            known.add(row)

    @property
    def refusals(self) -> list[Refusal]:
        """The reasons for which rows were not taken, each with its rows."""
        return list(self._reasons.values())

    @property
    def unnamed(self) -> int:
        """Refused rows whose reason was not stored."""
        return self.refused - sum(one.count for one in self._reasons.values())

    def plain(self) -> dict[str, Any]:
        """The report as scripts read it."""
        refusals = [
            {"rows": [*one.rows()], "column": one.column or None, "reason": str(one.why)}
            for one in self.refusals
        ]
        counts = {what: dict(getattr(self, what)) for what in ("added", "made", "updated", "same")}
        skipped: dict[str, Any] = {}
        if self.empty or self.totals:
            skipped = {"empty": self.empty, "totals": list(self.totals)}
        if self.alike:
            skipped["alike"] = [list(pair) for pair in self.alike]
        if self.kept:
            skipped["kept"] = {name: rows for (name, _), rows in self.kept.items()}
        more = {"rows": self.rows, **counts, **skipped, "refused": self.refused}
        more["refusals"] = refusals
        left_out = list(self.left_out)
        return {**more, "left_out": left_out, "dry": self.dry, "stopped": self.stopped}

    def lines(self) -> Iterator[str]:
        """What happened, in sentences."""
        yield say(READ, count=self.rows)
        for word, counts in ((ADDED, self.added), (MADE, self.made), (UPDATED, self.updated)):
            yield from _lines(word, counts)
        yield from _lines(SAME, self.same)
        more_said = self.added or self.updated or self.refused or self.stopped or self.kept
        if self.same and not more_said:
            yield str(NOTHING_NEW)
        if self.kept:
            fields = (say(OF_ROWS, field=f, rows=_numbers(r)) for (_, f), r in self.kept.items())
            yield say(KEPT, fields=several(fields))
        if self.empty:
            yield say(EMPTY, count=self.empty, type=self.label)
        if self.totals:
            yield say(TOTALS, rows=", ".join(map(str, self.totals)))
        if self.alike:
            more = "…" if len(self.alike) > ROWS_NAMED else ""
            numbers = dict.fromkeys(number for _, number in self.alike[:ROWS_NAMED])
            rows = _numbers([row for row, _ in self.alike])
            yield say(ALIKE, rows=rows, numbers=several(numbers) + more)
        if self.refused:
            yield say(REFUSED, count=self.refused)
        if self.left_out:
            yield say(LEFT_OUT, columns=", ".join(self.left_out))
        if self.dry:
            yield str(DRY)
        if self.stopped:
            yield say(STOPPED, row=self.last)


def _numbers(rows: Sequence[int]) -> str:
    return ", ".join(map(str, rows[:ROWS_NAMED])) + ("…" if len(rows) > ROWS_NAMED else "")


def _lines(word: W, counts: Counter[str]) -> Iterator[str]:
    for type_, count in counts.items():
        if count:
            yield say(word, count=count, type=kinds[type_].kind.label)
