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
    for project in sorted(PROJECTS, key=lambda project: project.since):
        by, at = FOUNDER, _since(out, project)
        for customer in (customer for customer in CUSTOMERS if customer.ref == project.customer):
            out.add(
                "customer", customer.ref, by, at,
                name=customer.name, short=customer.short, contact=customer.contact,
                phone=customer.phone, address=customer.address,
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
    for project in PROJECTS:
        out.add(
            "project", project.ref, FOUNDER, _since(out, project),
            customer=project.customer, name=project.name, code=project.code,
            department=project.department, sla=project.sla,
            service_from=(first + timedelta(days=project.since)).isoformat(),
            service_to=(first + timedelta(days=project.until)).isoformat(),
        )  # fmt: skip


def put_templates(out: Stream) -> None:
    """The templates: published ones, one that was replaced, one still a draft."""
    for template in TEMPLATES:
        by, at = lead_of(template.project), _written(out, template)
        out.add(
            "template", template.ref, by, at, project=template.project,
            name_zh=template.name.zh, name_en=template.name.en, frequency=template.frequency,
            rounds=len(template.starts), version=template.version, follows=template.follows,
        )  # fmt: skip
        for place, item in enumerate(template.items, 1):
            _put_item(out, template, item, place, SECTIONS[item.section].name)
        if template.state != "draft":
            at = out.move("publish", template.ref, by, at + 3_600_000)
        if template.follows and template.state == "published":
            out.move("retire", template.follows, by, at)


def _put_equipment(out: Stream, device: DemoEquipment, by: str, at: int) -> None:
    out.add(
        "equipment", device.ref, by, at,
        site=device.site, name=device.name, equipment_class=device.equipment_class,
        model=device.model, serial_no=device.serial_no, location=device.location,
    )  # fmt: skip


def _put_item(out: Stream, template: DemoTemplate, item: DemoItem, place: int, section: W) -> None:
    lead, at = lead_of(template.project), _written(out, template)
    out.add(
        "template_item", item_ref(template.ref, item.stable), lead, at,
        project=template.project, template=template.ref, position=place, stable=item.stable,
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


def _written(out: Stream, template: DemoTemplate) -> int:
    if template.state == "draft":
        return out.span.at(_DRAFTED, "15:05")
    day = out.span.days[0] - timedelta(days=_TEMPLATE_AGE[template.state])
    return out.span.on(day, "14:00")
