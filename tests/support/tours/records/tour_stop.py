"""The stops of a tour: rows of its page."""

from __future__ import annotations

from models.schema.fields import line, link
from models.schema.kind import Kind
from models.schema.record import Record
from models.text.words import W


class TourStop(Record):
    """A place at which a tour stops."""

    kind = Kind(
        name="tour_stop",
        label=W("巡视站点", "Tour stop"),
        code="TSTOP",
        title="place",
        columns=("place",),
        parent="tour",
        menu=0,
    )

    tour = link("巡视", "Tour", "tour", required=True)
    place = line("站点", "Place", required=True)
