"""The lines of what was there before the month: customers, sites, projects, templates."""

from __future__ import annotations

from datetime import timedelta

from models.text.words import W
from tui.demo.checklists import SECTIONS, TEMPLATES, DemoItem, DemoTemplate
from tui.demo.company import (
    CUSTOMERS,
    EQUIPMENT,
    FOUNDER,
    PROJECTS,
    PROPOSED,
    SITES,
    DemoEquipment,
    DemoProject,
    lead_of,
)
from tui.demo.line_stream import Stream

_TEMPLATE_AGE = {"published": 40, "retired": 130}
"""Calendar days before the month at which a template of that state was written."""
_DRAFTED, _PROPOSED_AT = 4, 2  # working days from the end


def put_places(out: Stream) -> None:
    """Customers, sites and equipment, entered by the founder when the contract began."""
    for project in sorted(PROJECTS, key=lambda one: one.since):
        by, at = FOUNDER, _since(out, project)
        for one in (one for one in CUSTOMERS if one.ref == project.customer):
            out.add(
                "customer", one.ref, by, at,
                name=one.name, short=one.short, contact=one.contact, phone=one.phone,
                address=one.address,
            )  # fmt: skip
        for site in (site for site in SITES if site.customer == project.customer):
            out.add(
                "site", site.ref, by, at,
                customer=site.customer, name=site.name, address=site.address, access=site.access,
            )  # fmt: skip
            for device in (device for device in EQUIPMENT if device.site == site.ref):
                _put_equipment(out, device, by, at)
    for device in PROPOSED:
        _put_equipment(out, device, "qi", out.span.at(_PROPOSED_AT, "14:35"))


def put_projects(out: Stream) -> None:
    """The projects, with the dates of their service."""
    first = out.span.days[0]
    for one in PROJECTS:
        out.add(
            "project", one.ref, FOUNDER, _since(out, one),
            customer=one.customer, name=one.name, code=one.code,
            department=one.department, sla=one.sla,
            service_from=(first + timedelta(days=one.since)).isoformat(),
            service_to=(first + timedelta(days=one.until)).isoformat(),
        )  # fmt: skip


def put_templates(out: Stream) -> None:
    """The templates: published ones, one that was replaced, one still a draft."""
    for one in TEMPLATES:
        by, at = lead_of(one.project), _written(out, one)
        out.add(
            "template", one.ref, by, at, project=one.project,
            name_zh=one.name.zh, name_en=one.name.en, frequency=one.frequency,
            rounds=len(one.starts), version=one.version, follows=one.follows,
        )  # fmt: skip
        for place, item in enumerate(one.items, 1):
            _put_item(out, one, item, place, SECTIONS[item.section].name)
        if one.state != "draft":
            at = out.move("publish", one.ref, by, at + 3_600_000)
        if one.follows and one.state == "published":
            out.move("retire", one.follows, by, at)


def _put_equipment(out: Stream, one: DemoEquipment, by: str, at: int) -> None:
    out.add(
        "equipment", one.ref, by, at,
        site=one.site, name=one.name, equipment_class=one.equipment_class, model=one.model,
        serial_no=one.serial_no, location=one.location,
    )  # fmt: skip


def _put_item(out: Stream, one: DemoTemplate, item: DemoItem, place: int, section: W) -> None:
    out.add(
        "template_item", item_ref(one.ref, item.stable), lead_of(one.project), _written(out, one),
        project=one.project, template=one.ref, position=place, stable=item.stable,
        section_zh=section.zh, section_en=section.en, text_zh=item.text.zh, text_en=item.text.en,
        answer_kind=item.answer_kind, unit=item.unit, low=item.low, high=item.high,
        expected=item.normal,
        method_zh=item.method.zh, method_en=item.method.en, critical=item.critical,
        equipment_class=item.equipment_class,
    )  # fmt: skip


def item_ref(template: str, item: str) -> str:
    """The ref of a template's item."""
    return f"{template}-{item.replace('_', '-')}"


def _since(out: Stream, project: DemoProject) -> int:
    return out.span.on(out.span.days[0] + timedelta(days=project.since), "10:00")


def _written(out: Stream, one: DemoTemplate) -> int:
    if one.state == "draft":
        return out.span.at(_DRAFTED, "15:05")
    day = out.span.days[0] - timedelta(days=_TEMPLATE_AGE[one.state])
    return out.span.on(day, "14:00")
