"""Whereabouts of a record: here only, written, received; by what others said themselves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.book.book import Book
from models.text.words import language
from sync.transport.bundle import bundle
from sync.workspace.workspace import Workspace
from tests.support.replicas import Replica, Team
from tests.support.team import admit
from tui.display.values import Values
from tui.display.views.record_whereabouts import carrier, quarantined, whereabouts


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """A founder and an engineer, each with a device."""
    found = Team.copied(tmp_path / "team", "乙")
    yield found
    found.close()


def said(one: Replica | Workspace, id: str) -> tuple[str, str]:
    """The only words about a record, and their tone."""
    workspace = one if isinstance(one, Workspace) else one.workspace
    ((text, tone),) = whereabouts(Values(workspace), workspace.book.get(id))
    return text, tone


def test_one_alone_is_told_nothing(workspace: Workspace, book: Book, project: str) -> None:
    made = book.add("fix", {"phenomenon": "泵"}, project=project)
    assert whereabouts(Values(workspace), made) == []


def test_a_record_is_on_this_device_only_until_it_is_written(
    workspace: Workspace, book: Book, project: str
) -> None:
    admit(workspace, "工程师乙", ["engineer"])
    made = book.add("fix", {"phenomenon": "泵"}, project=project)
    assert said(workspace, made.id) == ("待同步，只在本机", "warn")
    language.now = "en"
    assert said(workspace, made.id) == ("unsent, on this device only", "warn")


def test_written_is_not_received_and_received_is_said_by_whom(team: Team, tmp_path: Path) -> None:
    one, other = team.all[:2]
    id = team.fix(one)
    bundle.write(one.exchange, tmp_path / "to.sitebook")
    assert said(one, id) == ("已写到离线同步包，待确认", "muted")
    bundle.read(other.exchange, tmp_path / "to.sitebook")
    assert "收到" in said(other, id)[0]
    bundle.write(other.exchange, tmp_path / "back.sitebook")
    bundle.read(one.exchange, tmp_path / "back.sitebook")
    assert "乙" in said(one, id)[0] and "待确认" not in said(one, id)[0]


def test_an_edit_is_on_this_device_only_again(team: Team, tmp_path: Path) -> None:
    one = team.all[0]
    id = team.fix(one)
    bundle.write(one.exchange, tmp_path / "to.sitebook")
    one.book.edit(id, {"cause": "风扇"})
    assert said(one, id) == ("待同步，只在本机", "warn")


@pytest.mark.parametrize(
    ("name", "zh", "en"),
    [
        ("bundle", "离线同步包", "a bundle"),
        ("folder /mnt/共享 盘", "文件夹 /mnt/共享 盘", "the folder /mnt/共享 盘"),
    ],
)
def test_a_carrier_is_named(name: str, zh: str, en: str) -> None:
    assert carrier(name) == zh
    language.now = "en"
    assert carrier(name) == en


def test_nothing_is_quarantined_of_ones_own_record(
    workspace: Workspace, book: Book, project: str
) -> None:
    made = book.add("fix", {"phenomenon": "泵"}, project=project)
    assert quarantined(Values(workspace), made) == []
