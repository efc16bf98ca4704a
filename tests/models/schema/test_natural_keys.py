"""Natural keys: the same record on every device, another one for any other value."""

from __future__ import annotations

from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.records.checks.sheet import Sheet
from models.records.common.note import Note
from models.records.registers.project import Project
from models.records.weekly.weekly_entry import Weekly
from models.schema.kind import Kind, Readers
from models.schema.natural_keys import (
    NAMESPACE,
    SIGNS,
    file_of,
    key_id,
    key_space,
    project_of,
    sign,
    space_of,
    veiled,
)
from models.schema.roles import QUALITY
from models.text.words import W

WORD = W("字", "word")
KEYED = Kind(name="keyed", label=WORD, code="KK", key=("project", "author", "what"))
texts = st.text(max_size=8)


@given(st.tuples(texts, texts, texts), st.tuples(texts, texts, texts))
def test_ids_are_one_exactly_where_the_keys_are(
    one: tuple[str, str, str], other: tuple[str, str, str]
) -> None:
    first, second = (
        key_id(KEYED, "p:x", project, author, {"what": what, "more": project})
        for project, author, what in (one, other)
    )
    assert (first == second) == (one == other)
    assert str(UUID(first)) == first and UUID(first).version == 5


def test_type_and_space_count_and_other_fields_do_not() -> None:
    values = {"template": "t", "day": "2026-11-20", "round": 1}
    sheet = key_id(Sheet.kind, "p:x", "x", "me", values)
    assert sheet == key_id(Sheet.kind, "p:x", "x", "you", {**values, "remark": "另有说明"})
    assert sheet != key_id(Sheet.kind, "p:y", "x", "me", values)
    assert sheet != key_id(Sheet.kind, "p:x", "x", "me", {**values, "round": "1"})
    week = {"week": "2026-W47", "person": "p"}
    assert key_id(Weekly.kind, "p:x", "x", "me", week) == key_id(
        Weekly.kind, "p:x", "x", "you", week
    )


def test_an_id_never_changes_between_versions_of_the_program() -> None:
    """Two devices of different versions must make the same record."""
    made = key_id(Weekly.kind, "p:x", "x", "me", {"week": "2026-W47", "person": "p"})
    assert made == key_id(
        Kind(name="weekly", label=WORD, code="ZZ", key=("project", "person", "week")),
        "p:x",
        "x",
        "me",
        {"week": "2026-W47", "person": "p"},
    )


@given(st.uuids(version=5).map(str), st.integers(1, 12))
def test_a_sign_is_the_beginning_of_a_longer_one(id: str, length: int) -> None:
    made = sign(id, length)
    assert len(made) == length and set(made) <= set(SIGNS)
    assert sign(id, 12).startswith(made)


@given(st.uuids(version=5), st.integers(0, 15), st.integers(0, 15))
def test_the_version_digit_and_the_variant_say_nothing_in_a_sign(
    id: UUID, one: int, other: int
) -> None:
    text = str(id)
    assert sign(text, 12) == sign(f"{text[:14]}{one:x}{text[15:]}", 12)
    if one != other:
        changed = [f"{text[:13]}-{text[14]}{digit:x}{text[16:]}" for digit in (one, other)]
        assert sign(changed[0], 12) != sign(changed[1], 12)


def test_signs_cannot_be_taken_for_another() -> None:
    assert len(SIGNS) == len(set(SIGNS)) == 32
    assert not set("ILOU") & set(SIGNS) and SIGNS.upper() == SIGNS


RESTRICTED = Kind(
    name="r", label=WORD, code="RR", space="restricted", readers=Readers(roles=(QUALITY,))
)


@pytest.mark.parametrize(
    ("kind", "project", "space"),
    [
        (Project.kind, None, "company"),
        (Sheet.kind, "x", "p:x"),
        (Sheet.kind, None, "company"),
        (Note.kind, None, "company"),
        (RESTRICTED, "x", "f:r:x:id"),
        (RESTRICTED, None, "f:r::id"),
        (
            Kind(name="c", label=WORD, code="CC", space="company", project="optional"),
            "x",
            "company",
        ),
    ],
)
def test_the_space_of_a_kind(kind: Kind, project: str | None, space: str) -> None:
    assert space_of(kind, project, "id") == space


@pytest.mark.parametrize("project", ["x", None, "with:colon"])
def test_the_name_of_a_restricted_records_space_says_whose_it_is(project: str | None) -> None:
    space = space_of(RESTRICTED, project, "id")
    assert file_of(space) == ("r", project, "id") and project_of(space) == project
    assert key_space(RESTRICTED, project) == space.removesuffix(":id")
    assert file_of(veiled(space)) is None and veiled(space).startswith("f:")
    assert veiled(space) != veiled(space + "2") and len(veiled(space)) == 34


@pytest.mark.parametrize(
    "space", ["company", "p:x", "f:", "f:r", "f:r:id", "f::x:id", "f:r:x:", "x:f:r:x:id"]
)
def test_any_other_space_is_no_restricted_records(space: str) -> None:
    assert file_of(space) is None and veiled(space) == space


def test_numbers_made_from_keys_differ_and_are_the_same_everywhere() -> None:
    ids = [str(uuid5(NAMESPACE, str(at))) for at in range(60_000)]
    for length in (8, 10):
        signs = [sign(id, length) for id in ids]
        assert len(set(signs)) == len(ids) and {len(one) for one in signs} == {length}
        assert set("".join(signs)) == set(SIGNS)
    assert sign(str(NAMESPACE), 8) == "DWE2TQMT"
    assert sign(str(NAMESPACE), 10) == "DWE2TQMT8F"
