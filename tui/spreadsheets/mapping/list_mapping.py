"""List mapping: how one kind of list comes in. The options of the command, a mapping file and the
import page all say the same with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

LIMITS = "limits"
"""What a column may give in place of a field: low, high, unit and kind of answer, in one cell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListMapping:
    """What the columns of a list give, and how its rows are read."""

    type: str = ""
    """The record type that a row becomes."""
    maps: Mapping[str, str] = field(default_factory=dict)
    """Column -> field; '' leaves the column out."""
    sets: Mapping[str, str] = field(default_factory=dict)
    """Field -> the same text for every row; `link.field` is of a record that is made."""
    makes: Sequence[str] = ()
    """Link fields whose missing records are made."""
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Field -> word in the list -> choice; a choice of '' leaves the cell out."""
    fills: Sequence[str] = ()
    """Columns whose empty cells have the content of the cell above."""
    bands: str = ""
    """The field that rows with a heading only give to the rows below them."""
    header: int = 0
    """The row with the column names, from 1; 0 finds it."""
    sheet: str = ""
    each_sheet: bool = False
    """Every visible sheet comes in, each under a parent called like the sheet."""
    dates: str = ""
    """The order of days, such as 'd/m/y'; '' where the year comes first."""
    group: Sequence[str] = ()
    order: str = ""
    ref: str = ""
    """The column that identifies a row."""
    source: str = ""

    def by_sheet(self, sheets: Sequence[str], parent: str) -> list[ListMapping]:
        """The mapping of each sheet: one by one, each under a `parent` of its name, if asked."""
        if not self.each_sheet or len(sheets) < 2:
            return [self]
        makes = tuple(dict.fromkeys((*self.makes, parent)))
        return [
            replace(self, sheet=one, sets={**self.sets, parent: one}, makes=makes)
            if parent
            else replace(self, sheet=one)
            for one in sheets
        ]
