"""Joining as the home stands: no book, the same organisation's, one begun alone, another team's."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.book.projects import all_projects
from models.text.words import Refused
from sync.log import membership_store
from sync.organisation import admission, enrolment
from sync.organisation.enrolment import Came
from sync.transport.http.invite_code import BOND, SECRET, Code, spelt
from sync.workspace.acknowledgements import PEER
from sync.workspace.hub_address import Address, load
from sync.workspace.setup import begin
from sync.workspace.workspace import Workspace, exists, open_book

HUB = Address("https://hub.test:8443", "", "hubdevice", "00")


@pytest.fixture
def alone(tmp_path: Path) -> Path:
    """A home with a book begun alone, closed, with one fix."""
    opened = begin(tmp_path / "alone", name="小林", project="旧项目")
    opened.book.add("fix", {"phenomenon": "x"}, project=all_projects(opened.store)[0].id, ref="F")
    opened.close()
    return tmp_path / "alone"


def came(founder: Workspace, home: Path, hub: Address | None = None) -> Came:
    """The founder's answer to this home."""
    folder = home.parent
    admission.request(home, folder / "q", "小林")
    roles = [("project_manager", "*")]
    admission.admit(founder, folder / "q", folder / "r", roles=roles)
    return enrolment.read_reply(home, folder / "r", None)._replace(hub=hub)


def root_of(home: Path) -> bytes:
    """The organisation of the book in a home."""
    opened = open_book(home)
    try:
        return membership_store.load(opened.store.db).root
    finally:
        opened.close()


def test_a_fresh_home_gets_a_book_of_the_organisation(workspace: Workspace, tmp_path: Path) -> None:
    home = tmp_path / "new"
    answer = came(workspace, home, HUB)
    assert not exists(home)
    joined = enrolment.join(home, answer)
    assert joined.ahead is None and workspace.people.name(workspace.book.me) in joined.text
    assert root_of(home) == answer.reply.membership.root
    assert load(home) == HUB
    opened = open_book(home)
    assert opened.store.meta(PEER) == HUB.url
    opened.close()


def test_a_book_of_the_organisation_takes_the_members(workspace: Workspace, tmp_path: Path) -> None:
    home = tmp_path / "new"
    enrolment.join(home, came(workspace, home))
    opened = open_book(home)
    answer = came(workspace, home)
    again = enrolment.join(home, answer, workspace=opened)
    assert again.ahead is None
    version = membership_store.load(opened.store.db).version
    assert version == answer.reply.membership.version
    opened.close()
    assert load(home) is None
    assert enrolment.join(home, answer, bring=True).ahead is None
    assert not list(home.glob("before-joining-*"))


def test_a_book_begun_alone_is_only_looked_at_until_it_is_to_be_brought(
    workspace: Workspace, alone: Path
) -> None:
    was, answer = root_of(alone), came(workspace, alone, HUB)
    ahead = enrolment.join(alone, answer).ahead
    assert ahead is not None and ahead.brought["fix"] == 1
    assert root_of(alone) == was and load(alone) is None
    assert not list(alone.glob("before-joining-*"))
    brought = enrolment.join(alone, answer, bring=True).ahead
    assert brought is not None and brought.brought == ahead.brought
    assert root_of(alone) == answer.reply.membership.root and load(alone) == HUB
    opened = open_book(alone)
    assert opened.book.get("F").author == answer.reply.person
    assert opened.store.meta(PEER) == HUB.url
    opened.close()


def test_the_app_and_the_command_line_ask_the_same(workspace: Workspace, alone: Path) -> None:
    answer = came(workspace, alone)
    opened = open_book(alone)
    looked = enrolment.enter(opened, str(alone.parent / "r"), None)
    opened.close()
    assert isinstance(looked, Came) and looked.ahead == enrolment.join(alone, answer).ahead
    enrolment.bringing(alone, looked)()
    assert root_of(alone) == answer.reply.membership.root


@pytest.mark.parametrize("bring", [False, True])
def test_a_book_with_members_of_another_organisation_is_refused(
    workspace: Workspace, tmp_path: Path, bring: bool
) -> None:
    home = tmp_path / "team"
    team = begin(home, name="甲")
    admission.request(tmp_path / "x", tmp_path / "q2", "乙")
    admission.admit(team, tmp_path / "q2", tmp_path / "r2")
    team.close()
    was, answer = root_of(home), came(workspace, home, HUB)
    with pytest.raises(Refused, match="另一个组织"):
        enrolment.join(home, answer, bring=bring)
    assert root_of(home) == was and load(home) is None


def test_a_code_is_found_in_the_command_that_was_sent() -> None:
    code = Code("127.0.0.1", 8443, bytes(range(SECRET)), bytes(range(BOND)))
    assert enrolment.code_of(spelt(code)) == code
    assert enrolment.code_of(f"sitebook join {spelt(code)}") == code
    assert enrolment.code_of("/media/usb/me.reply") is None
    assert enrolment.code_of("me.reply") is None
    with pytest.raises(Refused):
        enrolment.code_of("sitebook join 不是邀请码")
