"""Revisions: which version is in force, what is refused, and what a merge may bring."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.book.book import Book
from models.book.conflict.conflicts import conflicts_of
from models.book.derived_state import StateView, shown_state
from models.derived import revisions
from models.derived.revision_copy import new_revision
from models.derived.revisions import SHOWN, RecordVersion, Revised, Versions, revised
from models.queries.filters import Filter
from models.queries.paging import pages
from models.records.checks.rounds import frequency
from models.records.checks.template import Template
from models.schema.fields import count, line, link
from models.schema.kind import Kind
from models.schema.lifecycle import State
from models.schema.record import Record
from models.schema.roles import DEPARTMENT_MANAGER, PROJECT_MANAGER
from models.text.words import Refused, W
from tests.support import revised_plans as plans
from tests.support.checks import template
from tests.support.new_area import new_area
from tests.support.replicas import Replica, Team


@pytest.fixture
def first(book: Book, project: str) -> Record:
    """A published template."""
    return book.get(template(book, project))


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """A founder and two leads, all in sync."""
    made = Team.copied(tmp_path)
    made.admit("lead", (PROJECT_MANAGER,))
    made.admit("head", (DEPARTMENT_MANAGER,))
    made.meet()
    yield made
    made.close()


def published(book: Book, before: Record) -> Record:
    """A new version of a record, in force."""
    return book.move(new_revision(book, book.get(before.id)).id, "publish")


def states(book: Book, *ids: str) -> list[str]:
    """The states that are shown."""
    return [shown_state(book.store, book.get(id)).name for id in ids]


def in_force(book: Book) -> list[str]:
    """The ids of the templates in force."""
    return [one.id for one in frequency.templates(book.store)]


# -- one in force ----------------------------------------------------------------------------------


def test_a_version_is_in_force_until_the_next_one_is_approved(book: Book, first: Record) -> None:
    second = new_revision(book, first)
    assert states(book, first.id, second.id) == ["published", "draft"]
    assert in_force(book) == [first.id]
    book.move(second.id, "publish")
    assert states(book, first.id, second.id) == ["replaced", "published"]
    assert in_force(book) == [second.id]
    third = published(book, second)
    assert states(book, first.id, second.id, third.id) == ["replaced", "replaced", "published"]
    look = revisions.versions(book.store, "template")
    assert [one.version for one in look.line(book.get(first.id))] == [3, 2, 1]
    assert look.replaced_by(book.get(first.id)) == look.version(third)


def test_the_stored_state_is_never_changed(book: Book, first: Record) -> None:
    published(book, first)
    assert book.get(first.id).state == "published"
    assert book.get(first.id).dots == first.dots


def test_a_draft_that_is_retired_replaces_nothing(book: Book, first: Record) -> None:
    second = new_revision(book, first)
    book.move(second.id, "retire")
    assert in_force(book) == [first.id] and states(book, first.id) == ["published"]
    assert new_revision(book, first).values()["version"] == 3


def test_a_version_retired_after_it_was_in_force_brings_no_older_one_back(
    book: Book, first: Record
) -> None:
    second = published(book, first)
    book.move(second.id, "retire")
    assert in_force(book) == []
    assert states(book, first.id, second.id) == ["replaced", "retired"]
    third = new_revision(book, book.get(second.id))
    assert book.move(third.id, "publish").state == "published"
    assert in_force(book) == [third.id]


def test_a_draft_survives_that_its_predecessor_is_retired(book: Book, first: Record) -> None:
    second = new_revision(book, first)
    book.move(first.id, "retire")
    assert in_force(book) == []
    assert book.move(second.id, "publish").state == "published"
    assert in_force(book) == [second.id] and states(book, first.id) == ["retired"]


def test_lists_show_and_filter_by_what_is_shown(book: Book, first: Record) -> None:
    second = published(book, first)

    def listed(*names: str) -> list[str]:
        found = pages(book.store, Template, ("id", "state"), Filter(states=names))
        found.count()
        return [row[1] for row in found.window(0, 9)]

    assert listed("published") == [second.id]
    assert listed("replaced") == [first.id]
    sql, params = StateView(book.store).sql("template")
    rows = book.store.rows(f"SELECT id, {sql} FROM template", params)
    assert dict(rows) == {first.id: "replaced", second.id: "published"}


# -- what is refused -------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["copy", "add"])
def test_a_new_version_follows_what_is_approved_and_not_replaced(
    book: Book, project: str, first: Record, how: str
) -> None:
    def make(before: Record) -> Record:
        if how == "copy":
            return new_revision(book, before)
        return book.add("template", {"name_zh": "新", "follows": before.id}, project=project)

    second = make(first)
    assert second.values()["version"] == 2
    with pytest.raises(Refused, match=rf"已在起草：第 2 版（{second.number}）"):
        make(first)
    with pytest.raises(Refused, match="还没有启用或批准过"):
        make(second)
    book.edit(second.id, {"frequency": "daily"})
    book.move(second.id, "publish")
    with pytest.raises(Refused, match=rf"已被第 2 版（{second.number}）替代"):
        make(book.get(first.id))


def test_a_void_draft_makes_room_for_another(book: Book, first: Record) -> None:
    book.void(new_revision(book, first).id, "写错")
    assert new_revision(book, first).values()["version"] == 3


def test_a_draft_is_made_to_follow_another_by_the_same_rules(
    book: Book, project: str, first: Record
) -> None:
    second = new_revision(book, first)
    with pytest.raises(Refused, match="不能替代它自己"):
        book.edit(second.id, {"follows": second.id})
    elsewhere = book.add("project", {"name": "别的"}).id
    other = template(book, elsewhere)
    with pytest.raises(Refused, match="属于别的项目"):
        book.edit(second.id, {"follows": other})
    draft = template(book, project, publish=False)
    with pytest.raises(Refused, match="还没有启用"):
        book.edit(second.id, {"follows": draft})
    book.edit(second.id, {"follows": None})
    assert book.edit(second.id, {"follows": first.id}).values()["follows"] == first.id


def test_what_is_no_version_is_refused_by_name(book: Book, project: str, first: Record) -> None:
    with pytest.raises(Refused, match="客户没有版本"):
        new_revision(book, book.add("customer", {"name": "某客户"}))
    site = book.add("site", {"name": "机房"})
    with pytest.raises(Refused, match="不是检查模板"):
        book.add("template", {"name_zh": "新", "follows": site.id}, project=project)


def test_a_code_is_that_of_one_row_in_each_version(book: Book, first: Record) -> None:
    second = new_revision(book, first)
    again = {"template": second.id, "text_zh": "又一项", "stable": "temp"}
    with pytest.raises(Refused, match="检查项编码”temp 已用于"):
        book.add("template_item", again)
    other = book.add("template_item", {**again, "stable": "temp2"})
    with pytest.raises(Refused, match="temp 已用于"):
        book.edit(other.id, {"stable": "temp"})
    book.edit(other.id, {"text_zh": "改", "stable": "temp2"})


# -- what a merge brings ---------------------------------------------------------------------------


def test_two_versions_approved_apart_are_both_shown_and_one_is_in_force(team: Team) -> None:
    founder, lead, head = team.all
    one = founder.book.get(template(founder.book, team.project))
    team.meet()
    mine, theirs = published(lead.book, lead.get(one.id)), published(head.book, head.get(one.id))
    team.meet()
    order = sorted((mine, theirs), key=lambda it: (it.occurred, it.id))
    for replica in team.all:
        assert states(replica.book, one.id) == ["replaced"]
        assert states(replica.book, *(it.id for it in order)) == ["contested", "parallel"]
        assert in_force(replica.book) == [order[0].id]
        look = revisions.versions(replica.book.store, "template")
        assert look.rivals(replica.get(order[1].id)) == [look.version(order[0])]
        sql, params = StateView(replica.book.store).sql("template")
        rows = dict(replica.book.store.rows(f"SELECT id, {sql} FROM template", params))
        assert rows == {one.id: "replaced", order[0].id: "contested", order[1].id: "parallel"}
    head.book.move(order[0].id, "retire")
    team.meet()
    for replica in team.all:
        assert states(replica.book, *(it.id for it in order)) == ["retired", "published"]
        assert in_force(replica.book) == [order[1].id]


def test_of_rivals_the_higher_number_is_in_force(team: Team) -> None:
    founder, lead, head = team.all
    one = founder.book.get(template(founder.book, team.project))
    team.meet()
    published(lead.book, lead.get(one.id))
    second = published(head.book, head.get(one.id))
    third = published(head.book, second)
    team.meet()
    for replica in team.all:
        assert in_force(replica.book) == [third.id]
        assert states(replica.book, third.id, second.id) == ["contested", "replaced"]


def test_a_draft_is_not_published_beside_what_arrived_meanwhile(team: Team) -> None:
    founder, lead, head = team.all
    one = founder.book.get(template(founder.book, team.project))
    team.meet()
    mine = new_revision(lead.book, lead.get(one.id))
    theirs = published(head.book, head.get(one.id))
    team.meet(lead, head)
    with pytest.raises(Refused, match=rf"{theirs.number}）已在有效.*“替代版本”"):
        lead.book.move(mine.id, "publish")
    lead.book.edit(mine.id, {"follows": theirs.id})
    assert lead.book.move(mine.id, "publish").state == "published"
    team.meet()
    for replica in team.all:
        assert in_force(replica.book) == [mine.id]
        assert states(replica.book, one.id, theirs.id) == ["replaced", "replaced"]


def test_two_drafts_of_two_devices_are_told_when_one_is_published(team: Team) -> None:
    founder, lead, head = team.all
    one = founder.book.get(template(founder.book, team.project))
    team.meet()
    mine, theirs = (
        new_revision(lead.book, lead.get(one.id)),
        new_revision(head.book, head.get(one.id)),
    )
    team.meet()
    assert in_force(founder.book) == [one.id]
    head.book.move(theirs.id, "publish")
    team.meet()
    for replica in team.all:
        assert in_force(replica.book) == [theirs.id] and states(replica.book, mine.id) == ["draft"]
    lead.book.move(mine.id, "retire")
    team.meet()
    assert in_force(founder.book) == [theirs.id]


def test_a_version_voided_apart_is_there_and_marked(team: Team) -> None:
    founder, lead, head = team.all
    one = founder.book.get(template(founder.book, team.project))
    two = new_revision(founder.book, one)
    team.meet()
    head.book.void(two.id, "不要了")
    lead.book.move(two.id, "publish")
    team.meet()
    for replica in team.all:  # concurrently edited and voided: it is there, marked as a conflict
        assert in_force(replica.book) == [two.id]
        assert [it.field for it in conflicts_of(replica.book, replica.get(two.id))] == ["void"]


def test_a_void_version_gives_way_to_the_one_before() -> None:
    every = [
        RecordVersion("a", None, "published", True, 1, 0, "A"),
        RecordVersion("b", "a", "published", False, 2, 1, "B"),
    ]
    look = Versions(Rows(every), HOW)  # type: ignore[arg-type]
    assert [look._shown(one) for one in every] == [None, None]
    after = Versions(Rows([*every, RecordVersion("c", "b", "published", True, 3, 2, "C")]), HOW)  # type: ignore[arg-type]
    assert [after._shown(one) for one in every] == ["replaced", None]


def test_a_version_is_retired_while_the_next_is_published(team: Team) -> None:
    founder, lead, head = team.all
    one = founder.book.get(template(founder.book, team.project))
    two = new_revision(founder.book, one)
    team.meet()
    head.book.move(one.id, "retire")
    lead.book.move(two.id, "publish")
    team.meet()
    for replica in team.all:
        assert in_force(replica.book) == [two.id]
        assert states(replica.book, one.id, two.id) == ["retired", "published"]


# -- a path of several moves -----------------------------------------------------------------------


def test_a_plan_stays_in_force_until_the_customer_approves_the_next(
    tmp_path: Path,
) -> None:
    with plans.plans() as plan:
        team = Team(tmp_path)
        lead = team.admit("lead", (PROJECT_MANAGER,))
        head = team.admit("head", (DEPARTMENT_MANAGER,))
        team.meet()
        one = lead.book.add("trial_plan", {"subject": "年度计划"}, project=team.project).id
        team.meet()
        _approved_between(team, lead, head, one)
        two = new_revision(lead.book, lead.get(one)).id
        lead.book.move(two, "submit")
        team.meet()
        head.book.move(two, "accept")
        head.book.move(two, "send")
        team.meet()
        for replica in team.all:
            look = revisions.versions(replica.book.store, "trial_plan")
            assert look.in_force(replica.get(one)) and not look.in_force(replica.get(two))
        head.book.add("attachment", {"about": two, "name": "a.pdf", "sha256": "0" * 64, "size": 1})
        head.book.move(two, "refuse", DECIDED)
        team.meet()
        assert states(lead.book, one, two) == ["approved", "refused"]
        with pytest.raises(Refused, match="已在起草"):
            new_revision(lead.book, lead.get(one))
        head.book.move(two, "revise", comment="客户要求缩短")
        team.meet()
        _approved_between(team, lead, head, two)
        for replica in team.all:
            assert states(replica.book, one, two) == ["replaced", "approved"]
            assert [it.id for it in revisions.in_force(replica.book.store, plan)] == [two]
        lead.book.move(two, "close")
        assert states(lead.book, one, two) == ["replaced", "closed"]
        team.close()


DECIDED = {"decided_by": "王工", "decided_on": "2026-11-20", "decision_channel": "letter"}


def _approved_between(team: Team, lead: Replica, head: Replica, plan: str) -> None:
    lead.book.move(plan, "submit")
    team.meet()
    head.book.move(plan, "accept")
    head.book.move(plan, "send")
    head.book.add("attachment", {"about": plan, "name": "a.pdf", "sha256": "0" * 64, "size": 1})
    head.book.move(plan, "approve", DECIDED)
    team.meet()


# -- declared wrongly, and brought by nobody's book ------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"follows": "title"}, "no link to another version"),
        ({"follows": "near"}, "no link to another version"),
        ({"version": "nothing"}, "unknown version field or state"),
        ({"in_force": ("gone",)}, "unknown version field or state"),
        ({}, "must include those of"),
    ],
)
def test_a_wrong_declaration_is_refused(wrong: dict[str, object], says: str) -> None:
    with new_area():

        class Bare(Record):
            """A type."""

            kind = Kind(
                name="bare_plan", label=W("样例", "Sample"), code="BARE",
                states=(State("new", W("新", "new")),),
            )  # fmt: skip
            title_of = line("名称", "Title")
            edition = count("版次", "Edition")
            near = link("旁", "Near", "site")
            before = link("前", "Before", "bare_plan")

        declared = {"follows": "before", "version": "edition", "in_force": ("new",), **wrong}
        with pytest.raises(TypeError, match=says):
            revised(**declared)(Bare)  # type: ignore[arg-type]


class Rows:
    """A store that answers with made-up versions, in the order it is given."""

    def __init__(self, rows: list[RecordVersion]) -> None:
        self.found = rows

    def rows(self, sql: str, params: object = ()) -> list[tuple[object, ...]]:
        """The versions, then the ids of those that were approved once."""
        if "transition" in sql:
            return [(one.id,) for one in self.found if one.state != "draft"]
        return [(*one[:3], one.living, one.version, one.occurred, one.number) for one in self.found]


HOW = Revised(type="template", follows="follows", version="version", in_force=("published",))
IDS = "abcdef"
some_versions = st.lists(
    st.tuples(
        st.sampled_from([None, *IDS]), st.sampled_from(["draft", "published", "retired"]),
        st.booleans(), st.integers(1, 3), st.integers(0, 2),
    ),
    min_size=1, max_size=len(IDS),
)  # fmt: skip


@given(some_versions)
def test_whatever_links_there_are_every_order_gives_the_same(
    drawn: list[tuple[str | None, str, bool, int, int]],
) -> None:
    every = [RecordVersion(id, *row, id) for id, row in zip(IDS, drawn, strict=False)]
    told = set()
    for order in list(permutations(every))[:24]:
        look = Versions(Rows(list(order)), HOW)  # type: ignore[arg-type]
        shown = {one.id: look._shown(one) for one in every}
        told.add(tuple(sorted(shown.items(), key=str)))
        heads = [one for one in every if shown[one.id] in (None, "contested")]
        living = [one for one in heads if one.living and one.state == "published"]
        assert all(shown[one.id] is None for one in every if not one.living)
        # Of each line at most one is in force: two heads of one line are told apart.
        lines = [look._first(one.id) for one in living]
        assert len(lines) == len(set(lines))
    assert len(told) == 1


def test_a_circle_of_versions_hides_none_of_them() -> None:
    every = [
        RecordVersion("a", "b", "published", True, 1, 0, "A"),
        RecordVersion("b", "a", "published", True, 2, 1, "B"),
        RecordVersion("c", "b", "published", True, 3, 2, "C"),
    ]
    look = Versions(Rows(every), HOW)  # type: ignore[arg-type]
    assert [look._shown(one) for one in every] == [None, "replaced", None]
    assert {state.name for state in SHOWN} == {"replaced", "contested", "parallel"}
