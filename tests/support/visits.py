"""A campaign of visits, as an area might declare it: rules over rows, and eyes kept apart.

A visit is planned, written up with its points, and filed by somebody who wrote none of it and did
not make the calls of its campaign.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from models.schema.fields import choice, line, link, person, prose
from models.schema.kind import Kind
from models.schema.lifecycle import AtLeast, Move, Need, NoRow, State
from models.schema.record import Record
from models.schema.roles import LEADS
from models.text.words import W
from tests.support.new_area import new_area

KINDS = (("correction", "纠正", "correction"), ("corrective", "纠正措施", "corrective"))


@contextmanager
def visits() -> Iterator[None]:
    """The types `campaign`, `visit` and `point`, declared while the block runs."""
    with new_area():

        class Campaign(Record):
            """A round of calls."""

            kind = Kind(
                name="campaign",
                label=W("回访", "Campaign"),
                code="XCAM",
                states=(State("open", W("进行中", "open")), State("called", W("已回访", "called"))),
                moves=(Move(id="call", label=W("回访", "Call"), from_=("open",), to="called"),),
                title="name",
                columns=("name",),
                menu=90,
            )
            name = line("名称", "Name")
            caller = person("回访人", "Caller", at_birth=True)

        class Visit(Record):
            """One visit of a campaign."""

            kind = Kind(
                name="visit",
                label=W("走访", "Visit"),
                code="XVIS",
                states=(
                    State("open", W("进行中", "open")),
                    State("ready", W("待归档", "to file"), waits=LEADS),
                    State("filed", W("已归档", "filed"), frozen=True, ended=True),
                ),
                moves=(
                    Move(
                        id="ready",
                        label=W("完成", "Ready"),
                        from_=("open",),
                        to="ready",
                        binds=True,
                        needs_when=(Need("cause", when=("sort", "corrective")),),
                        needs_rows=(NoRow("point", states=("open",)), AtLeast("point", 1)),
                    ),
                    Move(
                        id="file",
                        label=W("归档", "File"),
                        from_=("ready",),
                        to="filed",
                        who=LEADS,
                        four_eyes=True,
                        apart_from=(("campaign", "caller"), ("campaign", "call")),
                    ),
                ),
                title="subject",
                columns=("subject", "sort"),
                menu=91,
            )
            campaign = link("所属回访", "Campaign", "campaign")
            subject = line("事由", "Subject")
            sort = choice("类别", "Sort", KINDS)
            cause = prose("原因", "Cause")

        class Point(Record):
            """A point of a visit."""

            kind = Kind(
                name="point",
                label=W("要点", "Point"),
                code="XPNT",
                states=(State("open", W("未结", "open")), State("done", W("已结", "done"))),
                moves=(Move(id="settle", label=W("了结", "Settle"), from_=("open",), to="done"),),
                title="text",
                columns=("text",),
                parent="visit",
                menu=0,
            )
            visit = link("走访", "Visit", "visit", required=True)
            text = line("内容", "Text", required=True)

        yield
