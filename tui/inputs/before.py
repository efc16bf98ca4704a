"""Before: earlier problems like the one being typed, shown below the form with their causes."""

from __future__ import annotations

from models.recurrence import DAYS, Earlier, Found
from models.words import W, say
from tui.cells import cut, show
from tui.inputs.painted import Line, Painted

SAME = W("同一设备", "same equipment")
NEAR = W("同一现场", "same site")
TODAY = W("今天", "today")
AGO = W("{n} 天前", "{n} days ago")
CAUSE = W("原因：{cause}", "cause: {cause}")
NO_CAUSE = W("原因还没有写", "no cause yet")
HOW_MANY = W(
    "{days} 天内类似 {n} 次（F6 打开最近一次）", "{n} alike in {days} days (F6 opens the nearest)"
)


class Before(Painted):
    """A few lines about what came up before; none take no room."""

    DEFAULT_CSS = """
    Before { background: $panel; padding: 0 1; display: none; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(self._draw, id=id)
        self.found = Found([], 0)

    def look(self, found: Found) -> None:
        """Show these."""
        if found != self.found:
            self.found = found
            self.display = bool(found.nearest)
            self.again()

    def _draw(self, wide: int) -> list[Line]:
        if not self.found.nearest:
            return []
        head = say(HOW_MANY, days=DAYS, n=self.found.total)
        rows = [said(one) for one in self.found.nearest]
        lines = [Line(-1, [(cut(head, wide), "note")])]
        return lines + [Line(at, [(cut(row, wide), "")]) for at, row in enumerate(rows)]


def said(one: Earlier) -> str:
    """An earlier problem on one line: how near, when, what, why."""
    age = say(AGO, n=one.days) if one.days else str(TODAY)
    cause = say(CAUSE, cause=_line(one.cause)) if one.cause else str(NO_CAUSE)
    what = _line(str(getattr(one.record, "phenomenon", "") or one.record.number))
    return f"{SAME if one.same else NEAR}  {age}  {cut(what, 40)}  {cause}"


def _line(text: str) -> str:
    return " ".join(show(text).split())
