"""People, devices and roles as a book asks for them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from peewee import SqliteDatabase

from models.book import people
from models.book.people import People, is_proper, same_name, spare_tag


@pytest.fixture
def db(tmp_path: Path) -> Iterator[SqliteDatabase]:
    """A book's tables with four people, one of them gone, and three devices."""
    made = SqliteDatabase(str(tmp_path / "book.sqlite3"))
    people.create(made)
    for row in (
        ("zhang", "张三", None, None, "工程师", 1),
        ("qiu", "仇小河", "qxh", "qiuxiaohe", "", 1),
        ("ann", "Ann Lee", "annlee", "annlee", "", 1),
        ("gone", "章散", "zs", "zhangsan", "", 0),
    ):
        made.execute_sql("INSERT INTO person VALUES(?, ?, ?, ?, ?, ?)", row)
    for device in (
        ("d1", "zhang", "A", "laptop", b"k1", None),
        ("d2", "qiu", "B", "", b"k2", None),
        ("d3", "ann", "C", "", b"k3", 9),
    ):
        made.execute_sql(
            "INSERT INTO device(id, person, tag, name, key, revoked) VALUES(?, ?, ?, ?, ?, ?)",
            device,
        )
    for grant in (
        ("zhang", "engineer", "one"),
        ("zhang", "quality", "*"),
        ("qiu", "engineer", "two"),
        ("ann", "project_manager", "one"),
    ):
        made.execute_sql("INSERT INTO role_grant VALUES(?, ?, ?)", grant)
    made.execute_sql("INSERT INTO administrator VALUES('zhang')")
    yield made
    made.close()


def test_roles_are_those_on_the_project(db: SqliteDatabase) -> None:
    who = People(db, "d1")
    assert who.me == "zhang" and People(db).me is None and People(db, "d9").me is None
    assert who.roles("zhang", "one") == {"engineer", "quality"}
    assert who.roles("zhang", "two") == who.roles("zhang", "*") == {"quality"}
    assert who.roles("zhang", None) == {"engineer", "quality"}
    assert who.roles("nobody", "one") == frozenset()
    assert who.is_administrator("zhang") and not who.is_administrator("qiu")


def test_who_holds_a_role_on_a_project_goes_before_who_has_it_everywhere(
    db: SqliteDatabase,
) -> None:
    known = People(db)
    assert known.holders("project_manager", "one") == ["ann"]
    assert known.holders("project_manager", "two") == []
    assert known.holders("quality", "one") == ["zhang"]
    db.execute_sql("INSERT INTO role_grant VALUES('qiu', 'quality', 'one')")
    assert known.holders("quality", "one") == ["qiu"]


def test_answers_are_remembered_until_refreshed(db: SqliteDatabase) -> None:
    who = People(db)
    assert who.roles("qiu", "one") == frozenset() and who.name("new") == "new"
    db.execute_sql("INSERT INTO role_grant VALUES('qiu', 'quality', '*')")
    db.execute_sql("INSERT INTO person VALUES('new', '新人', NULL, NULL, '', 1)")
    assert who.roles("qiu", "one") == frozenset() and who.name("new") == "new"
    who.refresh()
    assert who.roles("qiu", "one") == {"quality"} and who.name("new") == "新人"


def test_a_second_person_is_somebody_else_with_a_device(db: SqliteDatabase) -> None:
    who = People(db)
    assert who.second_person("two", ["quality", "engineer"], "qiu")
    assert who.second_person("one", ("engineer",), "qiu")
    assert not who.second_person("one", ["engineer"], "zhang")
    assert not who.second_person("two", ["engineer"], "qiu")
    assert who.second_person(None, ["engineer"], "zhang")
    assert not who.second_person("one", ["project_manager"], "zhang")
    assert not who.second_person("one", [], "zhang")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("张", ["zhang"]),
        ("三", ["zhang"]),
        ("zs", ["zhang"]),
        ("ZS", ["zhang"]),
        ("ｚｓ", ["zhang"]),
        ("angs", ["zhang"]),
        ("zhang san", ["zhang"]),
        ("xiaohe", ["qiu"]),
        ("qiu", ["qiu"]),
        ("chou", []),
        ("lee", ["ann"]),
        ("ann l", ["ann"]),
        ("an", ["ann", "zhang"]),
        ("%", []),
        ("'", []),
        ("", ["ann", "qiu", "zhang"]),
        (" ", ["ann", "qiu", "zhang"]),
    ],
)
def test_people_are_found_as_they_are_typed(
    db: SqliteDatabase, text: str, found: list[str]
) -> None:
    assert [one.id for one in People(db).find(text)] == found


def test_finding_takes_a_limit_and_those_who_left_on_request(db: SqliteDatabase) -> None:
    assert [one.id for one in People(db).find("", 2)] == ["ann", "qiu"]
    assert {one.id for one in People(db).find("zs", gone=True)} == {"zhang", "gone"}
    assert People(db).find("张")[0].title == "工程师"


def test_a_stranger_gets_a_number_and_nothing_else(db: SqliteDatabase) -> None:
    who = People(db)
    assert who.facts("stranger") is None and who.person_of("stranger") is None
    number = who.idx_of("stranger")
    assert number == who.idx_of("stranger") == People(db).idx_of("stranger")
    assert who.device_of(number) == "stranger"
    assert who.facts("stranger") == (number, "stranger", None, None, None, None, None)
    assert who.tag_of("stranger") == spare_tag("stranger")
    assert who.tag_of("never seen") == spare_tag("never seen")
    assert who.tag_of("d2") == "B"
    with pytest.raises(KeyError):
        who.device_of(99)


def test_a_number_given_in_vain_is_not_remembered(db: SqliteDatabase) -> None:
    """A rolled back transaction takes the number back, and another device may get it."""
    who = People(db)
    with db.atomic("IMMEDIATE") as transaction:
        lost = who.idx_of("a")
        assert who.idx_of("a") == lost and who.device_of(lost) == "a"
        transaction.rollback()
    with db.atomic("IMMEDIATE"):
        assert who.idx_of("b") == lost
    assert who.device_of(lost) == "b" and who.idx_of("a") != lost


@given(st.lists(st.uuids().map(str), unique=True, max_size=50))
def test_spare_tags_are_no_given_tags(devices: list[str]) -> None:
    tags = [spare_tag(device) for device in devices]
    assert all(tag[0] == "0" and len(tag) == 5 and tag.isalnum() for tag in tags)
    assert tags == [spare_tag(device) for device in devices]


@pytest.mark.parametrize("name", ["", "  ", "\t", "a\x1b[2J", "甲\u202e", "a\nb", "x" * 201])
def test_what_no_name_can_be(name: str) -> None:
    assert not is_proper(name)
    assert is_proper("王 Lee 二世") and is_proper("x" * 200)


def test_names_that_look_alike() -> None:
    for other in ("Ann Lee", "ann lee", "AnnLee", "Ａｎｎ　Lee "):
        assert same_name("Ann Lee", other)
    assert not same_name("Ann Lee", "Ann Le") and not same_name("张三", "章三")
