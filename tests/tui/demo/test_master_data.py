"""What the demonstration begins with: places, projects and templates before the month."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from models.calendar.working_calendar import BUNDLED
from tui.demo.checklists import TEMPLATES, template_of
from tui.demo.company import CUSTOMERS, EQUIPMENT, FOUNDER, PROJECTS, PROPOSED, SITES, lead_of
from tui.demo.line_stream import Span, Stream
from tui.demo.master_data import item_ref, put_places, put_projects, put_templates


@cache
def played() -> Stream:
    """What is there before the month that ends on a Friday."""
    out = Stream("zh", Span(date(2026, 11, 20), BUNDLED))
    for put in (put_places, put_projects, put_templates):
        put(out)
    return out


def of(type: str) -> dict[str, dict[str, Any]]:
    """The new records of a type by ref."""
    return {str(line["ref"]): line for line in played().sorted() if line.get("type") == type}


def test_every_place_is_entered_once_after_what_it_belongs_to() -> None:
    assert of("customer").keys() == {one.ref for one in CUSTOMERS}
    assert of("site").keys() == {one.ref for one in SITES}
    assert of("equipment").keys() == {one.ref for one in (*EQUIPMENT, *PROPOSED)}
    for site in of("site").values():
        assert site["at"] > of("customer")[site["customer"]]["at"]
    for device in of("equipment").values():
        assert device["at"] > of("site")[device["site"]]["at"]


def test_the_founder_enters_them_and_an_engineer_proposes_one() -> None:
    proposed = {one.ref for one in PROPOSED}
    for ref, device in of("equipment").items():
        assert (device["by"] == FOUNDER) == (ref not in proposed)
        assert (device["at"] > played().span.at(21, "00:00")) == (ref in proposed)


def test_service_days_are_counted_from_the_first_day_of_the_month() -> None:
    first = played().span.days[0]
    for project in PROJECTS:
        line = of("project")[project.ref]
        assert (date.fromisoformat(line["service_from"]) - first).days == project.since < 0
        assert (date.fromisoformat(line["service_to"]) - first).days == project.until > 0


def test_templates_are_written_by_the_lead_with_their_items_in_order() -> None:
    for template in TEMPLATES:
        line = of("template")[template.ref]
        assert (line["by"], line["rounds"]) == (lead_of(template.project), len(template.starts))
        items = [one for one in of("template_item").values() if one["template"] == template.ref]
        assert [one["position"] for one in items] == list(range(1, len(template.items) + 1))
        assert [one["stable"] for one in items] == [item.stable for item in template.items]


def test_a_published_version_retires_the_one_that_it_follows() -> None:
    moves = [(line["move"], line["ref"]) for line in played().sorted() if "move" in line]
    assert moves.count(("retire", "hosp-env-1")) == 1
    assert ("publish", "hosp-env-1") in moves and ("publish", "hosp-env") in moves
    assert ("publish", "water-net-2") not in moves and ("retire", "water-net") not in moves


def test_the_ref_of_an_item_names_its_template() -> None:
    assert item_ref("hosp-env", "return_air") == "hosp-env-return-air"
    item = of("template_item")["hosp-env-return-air"]
    assert (item["low"], item["high"], item["expected"]) == ("20", "28", "20 … 28 °C")
    assert item["section_zh"] == "精密空调" and template_of("hosp-env").ref == item["template"]
