"""What came up before: same equipment first, alike at the site next, 90 days back."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.records.problems.recurrence import DAY_MS, earlier
from models.schema.record import Record
from tests.support.escalations import ESCALATED

NOW = 1_790_000_000_000


class World:
    """A site with two devices, and fixes some days ago."""

    def __init__(self, book: Book, project: str) -> None:
        self.book, self.project = book, project
        self.site = book.add("site", {"name": "机房"}).id
        self.ups, self.switch = (
            book.add("equipment", {"name": name, "site": self.site}).id
            for name in ("UPS", "交换机")
        )

    def fix(self, days: int, text: str, equipment: str | None, **more: object) -> Record:
        values = {"phenomenon": text, "site": self.site, "equipment": equipment, **more}
        occurred = NOW - days * DAY_MS
        return self.book.add("fix", values, project=self.project, occurred=occurred)

    def found(self, equipment: str | None, text: str = "", besides: str | None = None) -> list[str]:
        found = earlier(
            self.book.store,
            now=NOW,
            site=self.site,
            equipment=equipment,
            text=text,
            besides=besides,
        )
        return [one.record.id for one in found.nearest]


@pytest.fixture
def world(book: Book, project: str) -> World:
    """A site with two devices."""
    return World(book, project)


def test_the_same_equipment_with_its_cause_and_age(world: World) -> None:
    world.fix(12, "UPS 旁路告警", world.ups, cause="电池老化")
    found = earlier(world.book.store, now=NOW, site=world.site, equipment=world.ups)
    (one,) = found.nearest
    assert (one.days, one.same, one.cause, found.total) == (12, True, "电池老化", 1)


@pytest.mark.shows(37)
def test_ninety_days_and_no_more(world: World) -> None:
    inside, _ = world.fix(90, "告警", world.ups), world.fix(91, "告警", world.ups)
    assert world.found(world.ups) == [inside.id]


def test_alike_ones_at_the_site_follow_those_of_the_same_equipment(world: World) -> None:
    alike = world.fix(1, "旁路告警频繁", world.switch)
    same = world.fix(30, "风扇停转", world.ups)
    world.fix(2, "端口不通", world.switch)
    assert world.found(world.ups, "UPS 旁路告警") == [same.id, alike.id]


def test_without_equipment_the_site_alone_is_asked(world: World) -> None:
    old, new = world.fix(3, "漏水", None), world.fix(1, "旁路告警", world.ups)
    assert world.found(None) == [new.id, old.id]
    assert world.found(None, "地板漏水") == [old.id]


def test_not_itself_not_the_void_and_an_escalated_fix_once(world: World) -> None:
    itself = world.fix(0, "告警", world.ups)
    void = world.fix(1, "告警", world.ups)
    world.book.void(void.id, "重复")
    fix = world.fix(2, "告警", world.ups)
    world.book.move(fix.id, "escalate", ESCALATED)
    (only,) = world.found(world.ups, besides=itself.id)
    assert world.book.get(only).type == "escalation"


def test_without_site_and_equipment_there_is_nothing_to_compare(world: World) -> None:
    world.fix(1, "告警", world.ups)
    assert earlier(world.book.store, now=NOW, site=None, equipment=None, text="告警").total == 0


def test_three_are_named_and_all_are_counted(world: World) -> None:
    for days in range(1, 6):
        world.fix(days, "告警", world.ups)
    found = earlier(world.book.store, now=NOW, site=None, equipment=world.ups)
    assert [one.days for one in found.nearest] == [1, 2, 3] and found.total == 5
