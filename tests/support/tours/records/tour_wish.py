"""Wishes for tours: met once a tour that was made for them is walked."""

from __future__ import annotations

from models.schema.fields import line
from models.schema.kind import Kind
from models.schema.lifecycle import Move, State
from models.schema.record import Record
from models.text.words import W


class TourWish(Record):
    """That somebody wants a site to be walked through."""

    kind = Kind(
        name="tour_wish",
        label=W("巡视要求", "Tour wish"),
        code="TWISH",
        states=(
            State("open", W("待巡视", "open")),
            State("met", W("已巡视", "met"), ended=True),
        ),
        moves=(Move(id="meet", label=W("完成", "Done"), from_=("open",), to="met", hidden=True),),
        title="what",
        columns=("what",),
        menu=36,
    )

    what = line("要求", "What", required=True)
