"""Verdicts: what an answer counts as, whatever it says of itself. Clause: 5.1.1.

The book refuses an *ok* that its reading contradicts (`rules`). What comes by a merge or from
another version of the program is never refused: it is shown for what it is by every list, page,
count and document, and never counted as normal.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from models.book.derived_state import DerivedState, derived_state
from models.records.checks import limits
from models.records.checks.answer import Answer
from models.records.checks.template_item import TemplateItem
from models.schema.validation import MAX_DIGITS

if TYPE_CHECKING:
    from models.schema.record import Record
    from models.storage.store import Store

OUT, UNREAD, FOREIGN = "out_of_limits", "no_reading", "other_template"
"""The states that are shown of an answer: marked ok with a reading beyond its limits and without a
reason; marked ok where a value was to be measured; of an item that is none of the template's."""
KEPT = "kept"


def _is_number(column: str) -> str:
    """SQL: whether a text is what `limits.number` reads; a merge may bring any other."""
    digits = f"substr({column},1+(substr({column},1,1) IN ('+','-')))"
    return (
        f"(ifnull(length({column}),0) BETWEEN 1 AND {MAX_DIGITS} AND {digits} GLOB '[0-9]*'"
        f" AND {digits} NOT GLOB '*[^0-9.]*' AND {digits} NOT GLOB '*.*.*')"
    )


def _beyond(limit: str, sign: str) -> str:
    """SQL: whether the reading lies beyond a limit of its item."""
    return f"({_is_number(f'i.{limit}')} AND CAST(a.reading AS REAL){sign}CAST(i.{limit} AS REAL))"


_SHOWN = (
    f"CASE WHEN i.template IS NOT t.template AND i.id IS NOT NULL THEN '{FOREIGN}'"
    f" WHEN a.result IS NOT 'ok' THEN '{KEPT}'"
    f" WHEN ifnull(a.reading,'')='' AND i.answer_kind='reading' THEN '{UNREAD}'"
    f" WHEN {_is_number('a.reading')} AND ifnull(a.reason,'')='' AND ({_beyond('low', '<')}"
    f" OR {_beyond('high', '>')}) THEN '{OUT}' ELSE '{KEPT}' END"
)
COUNTED = f"CASE {_SHOWN} WHEN '{KEPT}' THEN a.result WHEN '{OUT}' THEN 'not_ok' ELSE NULL END"
"""The result that an answer counts as, as SQL over the tables of `WITH_ITEMS`: NULL for one that
counts for nothing."""
WITH_ITEMS = "answer a JOIN sheet t ON t.id=a.sheet LEFT JOIN template_item i ON i.id=a.item"
"""The tables of a count: the answers `a`, their sheets `t` and their items `i`."""


def shown_sql() -> str:
    """The state that is shown of a row of `answer`, as SQL."""
    named = _SHOWN.replace("a.", "answer.")
    found = "template_item i JOIN sheet t ON t.id=answer.sheet WHERE i.id=answer.item"
    return f"ifnull((SELECT {named} FROM {found}),'{KEPT}')"


def shown(answer: Answer, item: TemplateItem | None, template: str | None) -> str | None:
    """What is shown of an answer in place of its result; None where the result holds.

    `template` is that of the sheet. An item that has not arrived here says nothing.
    """
    if item is None:
        return None
    if template is not None and item.template != template:
        return FOREIGN
    return contradiction(item, answer.result, answer.reading, answer.reason)


def contradiction(
    item: TemplateItem, result: str | None, reading: str | None, reason: str | None
) -> str | None:
    """What contradicts a result of *ok*, or None."""
    if result != "ok":
        return None
    if not reading:
        return UNREAD if item.answer_kind == "reading" else None
    verdict = limits.judge(reading, item.low, item.high)
    return OUT if verdict is not None and verdict.where == "out" and not reason else None


def counted(result: str | None, shown_as: str | None) -> str | None:
    """The result that an answer counts as: out of limits is not ok, whatever was marked."""
    if shown_as is None:
        return result
    return "not_ok" if shown_as == OUT else None


@derived_state("answer")
class AnswerVerdicts(DerivedState):
    """The answers that are shown as something else than they say, sheet by sheet."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._sheets: dict[str, dict[str, str]] = {}

    def state(self, record: Record) -> str | None:
        """What an answer is shown as; None where it holds."""
        sheet = str(getattr(record, "sheet", None))
        return self.of_sheet(sheet).get(str(record.id))

    def of_sheet(self, sheet: str) -> dict[str, str]:
        """Answer -> what it is shown as, for those of a sheet that do not hold."""
        if sheet not in self._sheets:
            sql = f"SELECT id, {shown_sql()} AS shown FROM answer WHERE sheet=? AND shown<>state"
            self._sheets[sheet] = dict(self._store.rows(sql, (sheet,)))
        return self._sheets[sheet]

    def counts(self, sheet: str) -> Counter[str]:
        """How many answers of a sheet, void ones left out, are shown as what."""
        sql = (
            f"SELECT {shown_sql()} AS shown, count(*) FROM answer WHERE sheet=? AND void IS NULL"
            " GROUP BY shown"
        )
        return Counter(dict(self._store.rows(sql, (sheet,))))

    def sql(self, type: str) -> tuple[str, list[Any]]:  # noqa: ARG002
        """The SQL expression of the shown state."""
        return shown_sql(), []
