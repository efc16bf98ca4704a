"""Change context: what a change names of the past, and nothing that it does not name."""

from __future__ import annotations

import pytest

from models.text.words import Refused, W
from sync.changes.pruned import PrunedChange
from sync.validation import reasons
from sync.validation.change_context import RolesAt, WriterContext
from sync.validation.history import Lacking, Writer
from sync.validation.reasons import Newer
from tests.support.signers import grant, signer
from tests.sync.validation.written import FIX, SHEET, SPACE, Pages, header, refused


@pytest.fixture
def pages() -> Pages:
    made = Pages()
    made.begin(cause="c1")
    return made


def test_the_roles_are_those_of_the_version_that_is_named(pages: Pages) -> None:
    case = pages.case(pages.next({"cause": "x"}))
    assert case.roles().roles("p1", "one") == {"engineer"}
    before = case.roles(1)
    assert before == RolesAt(pages.log, 1) and before.roles("p1", "one") == frozenset()
    assert case.roles().second_person("one", ("engineer",), "p1")


def test_one_who_is_not_known_is_called_by_the_id(pages: Pages) -> None:
    assert WriterContext(Writer("p1", 1, "d1"), pages.log).name == "仇小河"
    assert WriterContext(Writer("p9", 1, "d9"), pages.log).name == "p9"


def test_labels_are_what_people_call_a_thing(pages: Pages) -> None:
    case = pages.case(pages.next({"cause": "x"}))
    assert (case.label("state"), case.label("void")) == (reasons.STATE, reasons.VOID)
    assert str(case.label("cause")) == "原因" and case.label("unheard") == "unheard"
    assert str(case.state_label("open")) and case.state_label(None) == reasons.NOTHING
    assert case.state_label("unheard") == W("unheard", "unheard")


def test_a_register_is_written_over_a_version_of_the_same_record(pages: Pages) -> None:
    other = pages.write({"state": "open"}, record=SHEET, header=header("p1"))
    pages.case(pages.next({"cause": "x"})).own_versions(["cause"])
    case = pages.case(pages.next({"cause": "x"}, base={}))
    refused(reasons.BASELESS, lambda: case.own_versions(["cause"]))
    foreign = pages.case(pages.next({"cause": "x"}, base={"cause": [other]}))
    refused(reasons.FOREIGN, lambda: foreign.own_versions(["cause"]))
    unheard = pages.case(pages.next({"cause": "x"}, base={"cause": [("d9", 4)]}))
    unheard.own_versions(["cause"])  # it may be one that is not kept here


def test_a_record_without_a_creation_that_counts_is_refused(pages: Pages) -> None:
    case = pages.case(pages.next({"cause": "x"}, record=SHEET))
    refused(reasons.NO_BIRTH, lambda: case.subject("open"))
    other = pages.case(pages.next({"remark": "x"}, type="sheet"))
    refused(reasons.ELSEWHERE, lambda: other.subject("open"))


def test_the_author_is_whoever_created_it_first_or_the_writer(pages: Pages) -> None:
    pages.write({"state": "open"}, by="d0", header=header("p0", recorded=1))
    assert pages.case(pages.next({"cause": "x"})).subject("open").author == "p1"
    assert pages.case(pages.next({"cause": "x"}, by="d0")).subject("open").author == "p0"
    more = pages.log.append("person", {"person": "p3", "name": "三", "title": ""}, signer(0))
    pages.log = more.admit("p3", "d3", signer(3).public, "", signer(0))
    subject = pages.case(pages.next({"cause": "x"}, by="d3")).subject("open")
    assert (subject.author, subject.project, subject.number) == ("p0", "one", "FX-1")


def test_the_state_is_the_least_advanced_of_those_named(pages: Pages) -> None:
    opened = pages.latest(FIX, "state")
    fixed = pages.write({"state": "fixed"}, base={"state": opened})
    both = pages.next({"cause": "x"}, base={"state": [fixed, *opened], "cause": opened})
    state, by = pages.case(both).state()
    assert state == "open" and [c.dot for c in by] == opened
    after = pages.next({"cause": "x"}, base={"state": [fixed]})
    assert pages.case(after).state()[0] == "fixed"
    none = pages.case(pages.next({"cause": "x"}, base={"cause": opened}))
    refused(reasons.BASELESS, none.state)


def test_a_quarantined_version_gives_way_to_what_it_replaced(pages: Pages) -> None:
    opened = pages.latest(FIX, "state")
    fixed = pages.write({"state": "fixed"}, base={"state": opened})
    pages.past.faults[fixed] = Refused(reasons.LEFT, who="x")
    case = pages.case(pages.next({"cause": "x"}, base={"state": [fixed]}))
    assert case.state()[0] == "open"


def test_what_is_not_kept_or_not_understood_cannot_be_judged(
    pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    dot = pages.latest(FIX, "state")[0]
    case = pages.case(pages.next({"cause": "x"}, base={"state": [("d9", 4)]}))
    with pytest.raises(Lacking) as lack:
        case.state()
    assert lack.value.dot == ("d9", 4)
    bare = PrunedChange(SPACE, *dot, 1, "fix", FIX, 1, {}, {"state": []})
    pages.past.changes[dot] = bare
    with pytest.raises(Lacking):
        pages.case(pages.next({"cause": "x"}, base={"state": [dot]})).state()
    monkeypatch.setattr(pages.past, "parked", lambda *_: True)
    with pytest.raises(Newer):
        pages.case(pages.next({"cause": "x"}, base={"state": [dot]})).state()


def test_a_reason_names_the_person(pages: Pages) -> None:
    case = pages.case(pages.next({"cause": "x"}))
    assert "仇小河" in str(refused(reasons.LEFT, lambda: case.refuse(reasons.LEFT)))
    case.unless(None)


def test_roles_of_a_later_version_are_not_asked_for(pages: Pages) -> None:
    log = pages.log
    pages.log = log.append("role", grant("p1", "engineer", "one", on=False), signer(0))
    sealed = WriterContext(Writer("p1", log.version, "d1"), pages.log)
    assert sealed.sealed.roles("p1", "one") == {"engineer"}
