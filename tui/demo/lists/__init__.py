"""The checklists of the demonstration, a file for each field of work."""

from __future__ import annotations

from tui.demo.checklist import DemoTemplate
from tui.demo.lists import comms, conduct, network, power, room, servers

TEMPLATES: tuple[DemoTemplate, ...] = (
    comms.DAILY,
    power.TRAM,
    comms.QUARTERLY,
    room.OLD,
    room.DAILY,
    servers.DAILY,
    servers.MONTHLY,
    conduct.HOSPITAL,
    network.DAILY,
    network.NEXT,
    power.WATER,
    conduct.WATER,
)
"""Every template, in order of projects; limits are common defaults that a firm edits."""


def listed(ref: str) -> DemoTemplate:
    """The template of that ref."""
    return next(one for one in TEMPLATES if one.ref == ref)
