"""Version view: the values of a conflict, stacked, or side by side where there is room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from models.book.conflict.conflicts import VOID, Conflict, Stand
from models.schema.record import Record
from models.text.words import W, say
from tui.display.parts import Span, TextPart, lines_of
from tui.display.terminal_text import show, width
from tui.display.values import Values

if TYPE_CHECKING:
    from models.book.book import Book

WIDE = 108
"""Cells from which versions are shown side by side."""
LEAST = 24
"""Cells that one of them needs then."""
LONG = 4_000
"""Characters beyond which texts are not compared piece by piece."""
BASE = W("原值", "Original")
NOBODY = W("没有原值", "no original")
MINE, SHOWN = W("我的", "mine"), W("现在显示", "shown now")
BY = W("{when}  电脑 {device}", "{when}  device {device}")
EMPTY = W("（空）", "(empty)")
IN_USE, OUT = (
    W("继续使用（之后有修改）", "in use (changed later)"),
    W("作废：{why}", "void: {why}"),
)
BETWEEN = " | "


class VersionView:
    """The view of one conflict."""

    def __init__(self, book: Book, values: Values, conflict: Conflict) -> None:
        self.book = book
        self.values = values
        self.conflict = conflict
        self.cls: type[Record] = type(conflict.record)

    def parts(self, room: int) -> list[TextPart]:
        """All versions, for a view of so many cells."""
        blocks = [self._before(), *map(self._block, range(len(self.conflict.stands)))]
        each = (room - len(BETWEEN) * (len(blocks) - 1)) // len(blocks)
        if room < WIDE or each < LEAST:
            return [part for block in blocks for part in (*block, TextPart())]
        return list(_beside(blocks, each))

    def value(self, held: Any) -> str:
        """A value of this register on few lines."""
        return "\n".join(
            text if not label else f"{label}: {text}" for label, text in self._of(held)
        )

    def _before(self) -> list[TextPart]:
        head = TextPart(BASE, style="title")
        if not self.conflict.base:
            return [head, TextPart(NOBODY, style="muted")]
        return [head, *(TextPart(self.value(held), style="muted") for held in self.conflict.base)]

    def _block(self, at: int) -> list[TextPart]:
        version = self.conflict.stands[at]
        head: list[Span] = [(f"{at + 1} ", "key"), (self._who(version), "title")]
        if version.author == self.book.me:
            head.append((f"  {MINE}", "busy"))
        if version.shown:
            head.append((f"  {SHOWN}", "good"))
        return [TextPart(head), TextPart(self._when(version), style="muted"), *self._text(version)]

    def _who(self, version: Stand) -> str:
        return self.values.person(version.author) or self.values.device(version.origin)

    def _when(self, version: Stand) -> str:
        device = self.values.device(version.origin)
        return say(BY, when=self.values.moment(version.at), device=device)

    def _text(self, version: Stand) -> Iterator[TextPart]:
        """The value, pieces that differ from what it is compared with underlined."""
        other = self._against(version)
        for (label, text), against in zip(self._of(version.value), self._of(other), strict=True):
            yield TextPart(marked(text, against[1]), label=label)

    def _against(self, version: Stand) -> Any:
        """The value that all versions replaced, else the first of the other values."""
        if len(self.conflict.base) == 1:
            return self.conflict.base[0]
        others = [one.value for one in self.conflict.stands if one is not version]
        return others[0]

    def _of(self, held: Any) -> list[tuple[str, str]]:
        """(label, text) of a value: of each member of a group, of one field without a label."""
        register, specs = self.conflict.field, self.cls.specs()
        if register == "state":
            return [("", str(self.cls.kind.state(str(held)).label))]
        if register == VOID:
            return [("", str(IN_USE) if held is None else say(OUT, why=held))]
        names = self.cls.registers().get(register, ())
        if names == (register,) or not names:
            text = self.values.say(specs[register], held) if register in specs else str(held)
            return [("", text or str(EMPTY))]
        given = held if isinstance(held, dict) else {}
        said = [(specs[name], self.values.say(specs[name], given.get(name))) for name in names]
        return [(str(spec.label), text or str(EMPTY)) for spec, text in said]


def marked(text: str, other: str) -> list[Span]:
    """A text as spans; the pieces that the other one does not have are underlined."""
    text, other = show(text), show(other)
    if text == other or len(text) > LONG or len(other) > LONG:
        return [(text, "")]
    found: list[Span] = []
    matcher = SequenceMatcher(None, other, text, autojunk=len(text) > 400)
    for what, _, _, start, end in matcher.get_opcodes():
        if start < end:
            found.append((text[start:end], "" if what == "equal" else "hit"))
    return found


def _beside(blocks: Sequence[Sequence[TextPart]], each: int) -> Iterator[TextPart]:
    """Blocks next to each other, line by line."""
    columns = [[line for part in block for line in lines_of(part, each, 8)] for block in blocks]
    for row in zip_longest(*columns, fillvalue=()):
        spans: list[Span] = []
        for at, line in enumerate(row):
            spans += [(BETWEEN, "muted")] if at else []
            spans += line
            spans.append((" " * max(each - sum(width(text) for text, _ in line), 0), ""))
        yield TextPart(spans, clip=True)
