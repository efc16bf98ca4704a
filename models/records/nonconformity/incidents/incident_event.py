"""Events of an incident: what its timeline tells beside the records that it is taken from."""

from __future__ import annotations

from models.schema.fields import line, link, moment
from models.schema.kind import Kind
from models.schema.record import Record
from models.text.words import W


class IncidentEvent(Record):
    """What happened at a minute; one that names a record brings that record's actions. Clause: 5.4.

    The timeline grows while the incident is handled, so it is no part of what was levelled.
    """

    kind = Kind(
        name="incident_event",
        label=W("事故时间线", "Event"),
        code="QE",
        row="Q-54",
        clause="5.4",
        parent="incident",
        apart=True,
        title="what",
        columns=("happened_at", "what", "record"),
        menu=0,
    )

    incident = link("质量事故", "Quality incident", "incident", required=True, at_birth=True)
    happened_at = moment("时刻", "At", required=True)
    what = line("经过", "What happened", required=True, max=400, hint=W("不写姓名", "no names"))
    record = link(
        "相关记录",
        "Record",
        "",
        hint=W("它的办理过程并入时间线", "its actions become part of the timeline"),
    )
