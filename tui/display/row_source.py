"""Row source: where a list's rows come from, and the window of them that is kept in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Protocol, runtime_checkable

from models.frozen import Frozen
from models.text.words import W
from tui.display.row_layout import RowLayout

BLOCK: Final = 64  # rows asked for at once, always from a multiple of it
KEPT: Final = 8  # blocks kept


class ListRow(Protocol):
    """One row of a list."""

    @property
    def id(self) -> str: ...

    def segments(self, columns: RowLayout) -> tuple[str, str]:
        """The row's text of `columns.width` cells, and its style: '' or one of the list's."""
        ...


class Source(Protocol):
    """Rows by position, the first one shown at 0."""

    def count(self) -> int:
        """How many rows there are, as far as is known now (see `WindowedList.recount`)."""
        ...

    def window(self, top: int, size: int) -> Sequence[ListRow]:
        """The rows from position `top` on; fewer than `size` only at the end."""
        ...


@runtime_checkable
class Placed(Protocol):
    """A source that also knows the place of a row, so that a reload finds it again."""

    def place(self, id: str) -> int | None: ...


class DisplayLine(Frozen):
    """The usual row: values by column name, cleaned and cut when drawn."""

    id: str
    values: Mapping[str, str | W]
    style: str = ""

    def segments(self, columns: RowLayout) -> tuple[str, str]:
        return columns.line(self.values), self.style


class Fixed:
    """A source over rows that are in memory anyway."""

    def __init__(self, rows: Sequence[ListRow] = ()) -> None:
        self._rows = rows

    def count(self) -> int:
        return len(self._rows)

    def window(self, top: int, size: int) -> Sequence[ListRow]:
        return self._rows[top : top + size]

    def place(self, id: str) -> int | None:
        return next((at for at, row in enumerate(self._rows) if row.id == id), None)


class Window:
    """The blocks of a source that were read last, and its count."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.total = 0
        self._blocks: dict[int, Sequence[ListRow]] = {}

    def count(self) -> None:
        """Count again."""
        self.total = self.source.count()

    def forget(self) -> None:
        """Read everything again, when it is next asked for."""
        self._blocks.clear()

    def row(self, position: int) -> ListRow | None:
        """The row at a position, None if the source has no such row any more."""
        at, offset = divmod(position, BLOCK)
        block = self._blocks.get(at)
        if block is None:
            if len(self._blocks) >= KEPT:
                del self._blocks[next(iter(self._blocks))]
            block = self._blocks[at] = self.source.window(at * BLOCK, BLOCK)
        return block[offset] if 0 <= offset < len(block) else None

    def place(self, id: str, near: int) -> int | None:
        """The place of a row: as the source knows it, or within a block of `near`."""
        if isinstance(self.source, Placed):
            return self.source.place(id)
        around = range(max(near - BLOCK, 0), min(near + BLOCK, self.total))
        return next((at for at in around if (row := self.row(at)) and row.id == id), None)
