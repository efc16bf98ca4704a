"""Lookup: the one record, project or person that is meant, or a refusal that names them."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.queries import lookup
from models.schema.record import kinds
from models.text.words import Refused
from sync.workspace.workspace import Workspace
from tests.support.team import admit


def test_a_type_is_known_or_the_known_ones_are_named() -> None:
    assert lookup.kind("fix") is kinds["fix"]
    with pytest.raises(Refused, match=r"没有“car”这种记录.*fix"):
        lookup.kind("car")


def test_a_record_is_found_by_id_number_or_ref(book: Book, project: str) -> None:
    made = book.add("fix", {"phenomenon": "x"}, project=project, ref="R 1")
    for text in (made.id, made.number, "R 1"):
        assert lookup.record(book, text).id == made.id
        assert lookup.record(book, text, "fix").id == made.id
        with pytest.raises(Refused, match="问题升级"):
            lookup.record(book, text, "escalation")
    for text in ("nothing", "", "\ud800"):
        with pytest.raises(Refused, match="请核对编号、ref 或 id"):
            lookup.record(book, text)


def test_a_title_names_a_record_only_where_that_is_asked_for(book: Book) -> None:
    made = book.add("site", {"name": "机房"})
    assert lookup.record(book, "机房", "site", titles=True).id == made.id
    with pytest.raises(Refused, match="没有找到名为“机房”的现场"):
        lookup.record(book, "机房", "site")
    book.void(made.id, "重复")
    with pytest.raises(Refused, match="没有找到"):
        lookup.record(book, "机房", "site", titles=True)


def test_several_of_one_name_are_named_with_their_ids(book: Book) -> None:
    made = [book.add("site", {"name": "机房"}) for _ in range(lookup.SHOWN + 1)]
    with pytest.raises(Refused, match="有多个") as refused:
        lookup.record(book, "机房", "site", titles=True)
    said = str(refused.value)
    assert sum(one.id in said for one in made) == lookup.SHOWN and "…" in said


def test_a_project_is_found_by_its_name_or_code_too(book: Book, project: str) -> None:
    book.edit(project, {"code": "JF-01"})
    for text in ("测试项目", "JF-01", project):
        assert lookup.project(book, text).id == project
    with pytest.raises(Refused, match="没有找到名为“无”"):
        lookup.project(book, "无")
    book.add("project", {"name": "测试项目"})
    with pytest.raises(Refused, match="有多个"):
        lookup.project(book, "测试项目")


def test_a_new_record_goes_to_the_named_the_usual_or_the_only_project(
    book: Book, project: str
) -> None:
    fix, values = kinds["fix"], {"phenomenon": "x"}
    assert lookup.home_project(book, fix, values, None, "") == project
    other = book.add("project", {"name": "另一个"}).id
    assert lookup.home_project(book, fix, values, "另一个", project) == other
    assert lookup.home_project(book, fix, values, None, project) == project
    with pytest.raises(Refused, match=r"有几个项目：.*另一个.*测试项目"):
        lookup.home_project(book, fix, values, None, "")
    book.void(project, "重复")
    assert lookup.home_project(book, fix, values, None, project) == other  # a void one is not used
    book.void(other, "重复")
    with pytest.raises(Refused, match="还没有进行中的项目"):
        lookup.home_project(book, fix, values, None, "")


def test_what_belongs_to_another_record_or_to_the_company_needs_no_project(
    book: Book, project: str
) -> None:
    assert lookup.home_project(book, kinds["note"], {"about": project}, None, "") is None
    assert lookup.home_project(book, kinds["site"], {"name": "机房"}, None, "") is None


def test_a_person_is_found_by_name_initials_or_me(workspace: Workspace, book: Book) -> None:
    lin, also = (admit(workspace, name, ["engineer"]) for name in ("林工", "林工程"))
    assert lookup.person(book, "林工") == lin  # the whole name is meant before a beginning
    assert lookup.person(book, "lgc") == also == lookup.person(book, also)
    assert lookup.person(book, "我") == lookup.person(book, "me") == book.me
    with pytest.raises(Refused, match="没有找到成员“王”"):
        lookup.person(book, "王")
    twin = admit(workspace, "林工", ["engineer"])
    with pytest.raises(Refused, match="有多个") as refused:
        lookup.person(book, "林工")
    assert lin in str(refused.value) and twin in str(refused.value)


def test_a_type_a_state_and_an_action_are_known_by_the_words_that_people_read(
    book: Book, project: str
) -> None:
    """Of every type: what a refusal offers can be typed."""
    for text in ("设备", "equipment", " Equipment ", "设备 "):
        assert lookup.kind(text) is kinds["equipment"]
    for cls in kinds.values():
        for state in cls.kind.states:
            for text in (state.name, *state.label):
                assert state.name in lookup.states([cls], [text])[cls.kind.name]
    made = book.add("fix", {"phenomenon": "x"}, project=project)
    for move in made.kind.moves:
        if not move.hidden:
            assert {lookup.move(made, text) for text in (move.id, *move.label)} == {move.id}
    assert lookup.move(made, "fly") == "fly"
    both = lookup.states([kinds["fix"], kinds["site"]], ["待处理"])
    assert both["fix"] == ("open",) and not both["site"]
    with pytest.raises(Refused, match="没有状态“gone”。可用：待处理、已升级"):
        lookup.states([kinds["fix"]], ["gone"])
