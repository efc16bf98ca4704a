"""Projects at the hub: found by id or by the name as last written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.text.words import Refused
from sync.changes.change import genesis
from sync.hub.hub import Hub
from sync.hub.storage.authorization import Authorization
from sync.hub.storage.projects import project, projects
from sync.hub.storage.segment_check import prove
from sync.trust import device_key
from tests.sync.hub.devices import Device, Organisation

NORTH, SOUTH = "0190a1b2-0000-7000-8000-00000000aaa1", "0190a1b2-0000-7000-8000-00000000aaa2"


@pytest.fixture
def house(tmp_path: Path, url: str) -> Iterator[Hub]:
    """A hub, not served."""
    device_key.make(tmp_path / "hub")
    made = Hub(tmp_path / "hub", url)
    made.create()
    yield made
    made.close()


@pytest.fixture
def founder(staff: Organisation) -> Device:
    """The founder's device, which writes in the company's space."""
    made = Device(staff, staff.key, staff.person, "")
    made.space = "company"
    made.hash = genesis(made.space, made.key.id)
    return made


def bring(house: Hub, founder: Device, *named: tuple[str, object]) -> None:
    """Projects of these ids and names, made or renamed."""
    parts = [{"type": "project", "record": id, "fields": {"name": name}} for id, name in named]
    log = founder.of.log
    proven = prove(founder.sealed(*parts), "company", log)
    house.base.write(
        lambda: house.segments.put("company", [proven], Authorization(house.base, log))
    )


def test_a_hub_without_projects_names_none(house: Hub) -> None:
    assert projects(house) == {}
    with pytest.raises(Refused, match="已知：-"):
        project(house, "北站")


def test_a_project_is_found_by_its_id_and_its_last_name(house: Hub, founder: Device) -> None:
    bring(house, founder, (NORTH, "北站"), (SOUTH, "南站"))
    assert projects(house) == {NORTH: "北站", SOUTH: "南站"}
    assert project(house, NORTH) == project(house, "北站") == NORTH
    bring(house, founder, (NORTH, "北站机房"))
    assert project(house, "北站机房") == NORTH
    with pytest.raises(Refused, match="北站机房, 南站"):
        project(house, "北站")


def test_a_name_of_two_projects_is_refused(house: Hub, founder: Device) -> None:
    bring(house, founder, (NORTH, "机房"), (SOUTH, "机房"))
    with pytest.raises(Refused, match="没有项目“机房”"):
        project(house, "机房")
    assert project(house, SOUTH) == SOUTH


def test_a_name_that_is_no_text_is_no_name(house: Hub, founder: Device) -> None:
    bring(house, founder, (NORTH, 7), (SOUTH, "南站"))
    assert projects(house) == {SOUTH: "南站"}
