"""The order of the types by their links: whatever is named comes before what names it."""

from __future__ import annotations

from models.schema.fields import line, link
from models.schema.kind import Kind
from models.schema.link_order import link_order, targets
from models.schema.record import Record, kinds
from models.text.words import W
from tests.support.new_area import new_area


def test_each_type_comes_after_the_types_that_its_links_name() -> None:
    order = link_order()
    assert sorted(order) == sorted(kinds)
    place = {name: at for at, name in enumerate(order)}
    evidence = {"attachment"}  # a file is about a record that may name it
    for name in kinds:
        for target in set(targets(name)) - {"", "person", name} - evidence:
            assert place[target] < place[name], (target, name)


def test_what_may_be_about_any_record_comes_last() -> None:
    order, late = link_order(), {""}
    while more := {name for name in kinds if late & set(targets(name))} - late:
        late |= more  # it may be about any record, or names one that may
    assert [name in late for name in order] == sorted(name in late for name in order)
    assert {"customer", "project", "template", "sheet"} <= set(kinds) - late
    assert {"note", "attachment"} <= set(order[-3:]) and "issued" in late


def test_a_circle_of_links_is_no_endless_one() -> None:
    def declare(name: str, target: str) -> type[Record]:
        kind = Kind(name=name, label=W("甲", name), code=name[:3].upper(), project="required")
        fields = {"other": link("乙", "Other", target), "what": line("丙", "What")}
        return type(name.title(), (Record,), {"kind": kind, "__module__": __name__, **fields})

    with new_area():
        declare("hen", "egg")
        declare("egg", "hen")
        order = link_order()
        assert {"hen", "egg"} < set(order) and len(order) == len(kinds)
    assert "hen" not in link_order()
