"""Mapping: columns found by name or label in both languages, and what does not fit said at once."""

from __future__ import annotations

import pytest

from models.schema.record import kinds
from models.text.words import Refused
from tui.spreadsheets import header_columns
from tui.spreadsheets.importing.column_mapping import Mapped, Wishes, plain
from tui.spreadsheets.importing.expressions import Constant, Link, SourceColumn
from tui.spreadsheets.reading.table import folded, named

FIX = kinds["fix"]


def mapped(*columns: str, wishes: Wishes | None = None, type: str = "fix") -> Mapped:
    """The mapping of a table with these columns."""
    return plain(kinds[type], columns, "a.csv", wishes or Wishes())


def fields(found: Mapped) -> dict[str, str]:
    """Field -> the column that gives it."""
    made = {}
    for name, source in found.recipe.blocks[0].fields.items():
        chief = source.find if isinstance(source, Link) else source
        made[name] = chief.name if isinstance(chief, SourceColumn) else str(chief)
    return made


@pytest.mark.parametrize(
    "column", ["cause", "CAUSE", "原因", "Cause", " cause ", "ｃａｕｓｅ", "ca_use"]
)
def test_a_column_is_found_by_name_or_label(column: str) -> None:
    assert fields(mapped(column)) == {"cause": column}


def test_every_label_of_every_type_leads_to_its_field() -> None:
    """Unless two fields share the label: then neither is guessed."""
    for cls in kinds.values():
        labels = [word for spec in cls.specs().values() for word in spec.label]
        for name, spec in cls.specs().items():
            for word in spec.label:
                shared = sum(folded(w) == folded(word) for w in labels) > 1
                found = header_columns.target(cls, word)
                assert found in (name, "") if shared else found == name, (cls.kind.name, word)


def test_the_header_of_a_list_is_known_in_both_languages() -> None:
    for name, word in header_columns.HEADS.items():
        assert header_columns.target(FIX, name) == name
        assert header_columns.target(FIX, word.zh) == header_columns.target(FIX, word.en) == name


def test_unknown_columns_are_listed_and_those_for_people_are_not() -> None:
    found = mapped("cause", "天气", "编号", "填写人", "site.shown", "id", "type", "seen")
    assert found.left_out == ("天气",) and found.notes == ()


def test_a_list_that_is_none_of_ours_loses_no_column_unseen() -> None:
    """Its 编号 and 类型 are its own: the first is offered as what identifies a row."""
    found = mapped("cause", "编号", "类型", "填写人", "记录时间")
    assert found.left_out == ("编号", "类型", "填写人", "记录时间")
    assert [str(note) for note in found.notes] == [
        '“编号”列没有采用。如果它标识一行，请加 --ref "编号"：改过的行再导入时才认得出。'
    ]
    assert mapped("cause", "编号", wishes=Wishes(ref="编号")).notes == ()


def test_of_two_columns_of_one_name_neither_is_taken_unasked() -> None:
    columns = named(["cause", "备注", "型号", "备注"], "a.csv")
    assert fields(mapped(*columns)) == {"cause": "cause"}
    with pytest.raises(Refused, match="两列都叫“备注”"):
        mapped(*columns, wishes=Wishes(maps={"备注": "place"}))
    wishes = Wishes(maps={"备注（第 4 列）": "place"})
    assert fields(mapped(*columns, wishes=wishes)) == {
        "cause": "cause", "place": "备注（第 4 列）"
    }  # fmt: skip


def test_map_goes_before_what_fits_and_an_empty_field_leaves_out() -> None:
    wishes = Wishes(maps={"why": "cause", "解决措施": ""})
    found = mapped("why", "原因", "解决措施", wishes=wishes)
    assert fields(found) == {"cause": "why"}
    assert found.left_out == ("原因", "解决措施")


def test_constants_are_set_for_every_row() -> None:
    found = mapped("cause", wishes=Wishes(sets={"发现途径": "customer", "state": "closed"}))
    block = found.recipe.blocks[0]
    assert block.fields["found_during"] == Constant("customer")
    assert block.state == Constant("closed")


def test_a_link_is_found_and_made_only_when_asked() -> None:
    site = mapped("site").recipe.blocks[0].fields["site"]
    assert site == Link(find=SourceColumn("site"))
    made = mapped("site", wishes=Wishes(makes=["site"])).recipe.blocks[0].fields["site"]
    assert made == Link(find=SourceColumn("site"), make={})


@pytest.mark.parametrize(
    ("columns", "wishes", "says"),
    [
        (["天气"], Wishes(), "不是现场处置的字段"),
        (["cause", "原因"], Wishes(), "“cause”和“原因”"),
        (["cause"], Wishes(maps={"why": "cause"}), "没有列“why”"),
        (["cause"], Wishes(maps={"cause": "colour"}), "没有字段“colour”"),
        (["cause"], Wishes(sets={"colour": "red"}), "没有字段“colour”"),
        (["cause"], Wishes(sets={"author": "x"}), "没有字段“author”"),
        (["cause"], Wishes(group=["number"]), "没有列“number”"),
        (["cause"], Wishes(order="when"), "没有列“when”"),
        (["cause"], Wishes(ref="key"), "没有列“key”"),
        (["cause"], Wishes(makes=["cause"]), "“cause”不是可以新建记录的关联"),
        (["cause"], Wishes(makes=["fixed_by"]), "“fixed_by”不是可以新建记录的关联"),
    ],
)
def test_a_wish_that_cannot_be_met_is_refused(
    columns: list[str], wishes: Wishes, says: str
) -> None:
    with pytest.raises(Refused, match=says):
        mapped(*columns, wishes=wishes)


def test_a_type_that_needs_a_field_says_so_before_the_first_row() -> None:
    with pytest.raises(Refused, match="必须有的“名称”"):
        mapped("address", type="site")
    assert fields(mapped("address", wishes=Wishes(sets={"name": "x"}), type="site"))


def test_a_recipe_of_one_block_is_what_comes_of_it() -> None:
    wishes = Wishes(group=["number"], order="when", ref="number", source="desk")
    recipe = mapped("cause", "number", "when", wishes=wishes).recipe
    assert (recipe.group, recipe.order, recipe.source) == (("number",), "when", "desk")
    assert recipe.blocks[0].ref == SourceColumn("number")
    assert mapped("cause", "number", "when", wishes=wishes).left_out == ()
