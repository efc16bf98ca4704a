"""The checklists of the demonstration: their sections, what an item expects, what breaks them."""

from __future__ import annotations

import pytest

from models.records.checks.answer import RESULTS
from models.records.checks.template import FREQUENCIES
from models.records.registers.equipment import CLASSES
from models.text.words import W
from tui.demo.checklists import (
    ITEMS,
    NORMAL,
    REPEATED,
    RETURNS,
    SECTIONS,
    SKIPS,
    TEMPLATES,
    DemoItem,
    remarks_on,
    template_of,
)
from tui.demo.company import PEOPLE, PROJECTS, devices_of, roles_on

WORD = W("字", "word")


def reading(low: str | None, high: str | None, unit: str = "V") -> DemoItem:
    """An item with limits."""
    return DemoItem("s", "k", WORD, WORD, "reading", unit, low, high)


@pytest.mark.parametrize(
    ("item", "normal"),
    [
        (reading("198", "242"), W("198 … 242 V", "198 … 242 V")),
        (reading(None, "70", "%"), W("不高于 70 %", "at most 70 %")),
        (reading("24.5", None), W("不低于 24.5 V", "at least 24.5 V")),
        (reading(None, "0", ""), W("不高于 0", "at most 0")),
        (DemoItem("s", "k", WORD, WORD), NORMAL),
        (DemoItem("s", "k", WORD, WORD, expected=WORD), WORD),
    ],
)
def test_what_is_expected_is_said_by_the_limits_or_by_the_data(item: DemoItem, normal: W) -> None:
    assert item.normal == normal


def test_items_of_a_template_come_section_by_section_in_order_of_the_file() -> None:
    template = template_of("hosp-env")
    sections = [item.section for item in template.items]
    assert list(dict.fromkeys(sections)) == list(template.sections)
    assert [item.stable for item in template.items][:2] == ["temp", "humidity"]


def test_every_section_is_used_and_every_item_has_its_section() -> None:
    used = {section for template in TEMPLATES for section in template.sections}
    assert used == set(SECTIONS) == {item.section for item in ITEMS}
    for template in TEMPLATES:
        stable = [item.stable for item in template.items]
        assert len(stable) == len(set(stable)), template.ref


def test_templates_name_frequencies_people_and_projects_that_exist() -> None:
    people = {person.key: person for person in PEOPLE}
    for template in TEMPLATES:
        assert template.frequency in {name for name, _, _ in FREQUENCIES}
        assert template.project in {project.ref for project in PROJECTS}
        assert all(roles_on(people[key], template.project) for key in template.who), template.ref
        assert template.follows is None or template_of(template.follows).name == template.name


def test_an_item_asked_for_each_piece_of_equipment_has_some() -> None:
    classes = {name for name, _, _ in CLASSES}
    for template in TEMPLATES:
        for item in template.items:
            if item.equipment_class:
                assert item.equipment_class in classes
                assert devices_of(template.project, item.equipment_class), item.stable


def test_skips_returns_and_remarks_name_items_of_their_template() -> None:
    for skip in SKIPS:
        assert skip.item in {item.stable for item in template_of(skip.template).items}
        assert skip.result in {name for name, _, _ in RESULTS} - {"ok", "not_ok"}
    for back in RETURNS:
        stable = {item.stable for item in template_of(back.template).items}
        assert not back.item or back.item in stable
        assert bool(back.item) == bool(back.shown) == bool(back.right)
    for template, item, _ in REPEATED:
        assert item in {one.stable for one in template_of(template).items}
    assert len(remarks_on("backup")) == 2 and remarks_on("nothing") == ()
