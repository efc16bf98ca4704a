"""First day: the steps that an empty book shows on Today, each opened by Enter and ticked off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from models.queries.waiting import first_steps
from models.queries.waiting.first_steps import FirstStep
from models.schema.record import Record, kinds
from models.storage import rows
from models.text.words import W, say
from tui.display.row_source import DisplayLine, ListRow
from tui.widgets.grouped_list import GroupHead

if TYPE_CHECKING:
    from models.book.book import Book
    from tui.widgets.app_context import AppContext

HEAD = W(
    "第一天：{n} 步到第一份检查表，回车打开",
    "First day: {n} steps to the first checklist; Enter opens each",
)
STEP = W("第 {n} 步", "Step {n}")
DONE = W("✓ 已完成", "✓ done")
OF = "step:"
"""How the ids of the rows begin."""


class FirstDay:
    """The steps of one page: their rows, where the cursor goes, and what Enter opens."""

    def __init__(self) -> None:
        self.steps: list[tuple[FirstStep, bool]] = []
        self._left: list[str] = []
        """The steps that were not done when this was last read."""

    def read(self, book: Book) -> str:
        """Read how far it is; the row to which the cursor goes, where something changed."""
        self.steps = first_steps.first_steps(book)
        left = [step.name for step, done in self.steps if not done]
        changed = left != self._left
        ticked = [name for name in self._left if name not in left]
        self._left = left
        if not changed or not left or not (ticked or self.on_top):
            return ""
        order = [step.name for step, _ in self.steps]
        after = order.index(ticked[0]) if ticked and ticked[0] in order else -1
        return OF + next((name for name in left if order.index(name) > after), left[0])

    @property
    def on_top(self) -> bool:
        """Whether there is nothing yet to do but these: later what is due comes before them."""
        return any(not done and step.page for step, done in self.steps[:-1])

    def rows(self) -> list[ListRow]:
        """A heading and the steps; none where they are done."""
        if not self.steps:
            return []
        found: list[ListRow] = [GroupHead(say(HEAD, n=len(self.steps)))]
        for number, (step, done) in enumerate(self.steps, 1):
            what = str(DONE) if done else say(STEP, n=number)
            said: dict[str, str | W] = {"what": what, "title": step.label}
            found.append(DisplayLine(OF + step.name, said, "muted" if done else ""))
        return found

    def open(self, app: AppContext, id: str) -> None:
        """Take the step of a row: on its page, or by the forms of what is still missing."""
        step = next(one for one, _ in self.steps if OF + one.name == id)
        if step.page:
            app.open_place(step.page, app.default_project() or "")
        else:
            _fill(app, step.types, {})


def _fill(app: AppContext, types: Sequence[str], made: dict[str, str]) -> None:
    """The form of the first type that has no record, then that of the next one, linked to it.

    Where each has one, the last is opened to be changed. `made`: type -> id of what is there.
    """
    if not types:
        return
    type_, *later = types
    known = _newest(app.workspace.book, type_)
    if known is not None and later:
        _fill(app, later, {**made, type_: known.id})
    elif known is not None:
        app.open_form(type_, record=known)
    else:
        specs = kinds[type_].specs()
        values: dict[str, Any] = {
            name: made[spec.target] for name, spec in specs.items() if spec.target in made
        }
        app.open_form(
            type_, values, then=lambda record: _fill(app, later, {**made, type_: record.id})
        )


def _newest(book: Book, type: str) -> Record | None:
    """The newest record of a type, not void."""
    found = rows.fetch(book.store, kinds[type], "WHERE void IS NULL ORDER BY n DESC LIMIT 1")
    return next(iter(found), None)
