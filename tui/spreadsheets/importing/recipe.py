"""Recipes: what the rows of a table become, as one value that options or a file describe."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tui.spreadsheets.importing.expressions import Expression, RowCondition, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One record made of a row, or of a group of rows."""

    type: str
    name: str = ""
    each: str = "group"
    """'row': one for every row of the group; they come after those made once for the group."""
    when: tuple[RowCondition, ...] = ()
    ref: Expression | None = None
    id: Expression | None = None
    state: Expression | None = None
    project: Expression | None = None
    occurred: Expression | None = None
    void: Expression | None = None
    seen: Expression | None = None
    fields: Mapping[str, Source] = field(default_factory=dict)

    def columns(self) -> Iterator[str]:
        """The columns it needs."""
        own = (self.ref, self.id, self.state, self.project, self.occurred, self.void, self.seen)
        for part in (*own, *(test.source for test in self.when), *self.fields.values()):
            if part is not None:
                yield from part.columns()


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What a table becomes: records of one or several types, by row or by group of rows."""

    blocks: tuple[Block, ...]
    source: str = ""
    """Used in place of the file's name in derived refs; '' = the file's name."""
    group: tuple[str, ...] = ()
    """Rows equal in these columns are one thing; none: every row is one by itself."""
    dates: str = ""
    """The order of day, month and year in the file ('d/m/y'); '' = the year comes first."""
    order: str = ""
    """The column that orders the rows of a group; numbers as numbers."""

    def columns(self) -> list[str]:
        """The columns it needs, each once."""
        named = [*self.group, *([self.order] if self.order else [])]
        for block in self.blocks:
            named += block.columns()
        return list(dict.fromkeys(named))
