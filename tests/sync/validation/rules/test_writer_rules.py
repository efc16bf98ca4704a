"""Writer rules: whose work a four-eyes move decided on, and who is kept apart from it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest

from models.book.approval import coverage
from models.schema.record import kinds
from sync.changes.change import Dot
from sync.changes.pruned import PrunedChange
from sync.validation import reasons
from sync.validation.history import Lacking
from sync.validation.rules.writer_rules import content_named, named, writers_of
from tests.support.visits import visits
from tests.sync.validation.written import FIX, SHEET, SPACE, Pages, header, move, refused

VISIT, CAMPAIGN, POINT = FIX, SHEET, "0190a1b2-0000-7000-8000-000000000003"


@pytest.fixture
def pages() -> Iterator[Pages]:
    """A visit by p1 of a campaign that p0 calls."""
    with visits():
        made = Pages()
        fields = {"state": "open", "name": "x", "caller": "p0"}
        made.write(fields, record=CAMPAIGN, type="campaign", header=header("p1"))
        fields = {"state": "open", "subject": "x", "campaign": CAMPAIGN}
        made.write(fields, record=VISIT, type="visit", header=header("p1"))
        yield made


def payload(pages: Pages, **more: Any) -> dict[str, Any]:
    """What filing the visit names."""
    saw = {name: pages.latest(VISIT, name) for name in ("subject", "campaign")}
    return {**move("file", "ready", "filed", "project_manager", saw=saw), **more}


def apart(caller: list[Dot] | None, call: list[Dot] | None = None) -> dict[str, Any]:
    """The part of it about who is kept apart."""
    said = {"campaign.caller": caller, "campaign.call": call}
    return {coverage.APART: {name: dots for name, dots in said.items() if dots is not None}}


def called(pages: Pages, by: str = "d0") -> Dot:
    said = move("call", "open", "called")
    return pages.write({"state": "called"}, by=by, record=CAMPAIGN, type="campaign", move=said)


def writers(pages: Pages, said: dict[str, Any], fields: dict[str, Any] | None = None) -> set[str]:
    """Who may not file it."""
    change = pages.next({"state": "filed", **(fields or {})}, by="d0", record=VISIT, type="visit")
    return set(writers_of(pages.case(change), said)(kinds["visit"].kind.by_move["file"]))


def test_who_wrote_the_named_versions_wrote_it(pages: Pages) -> None:
    call = called(pages, "d1")
    said = payload(pages, **apart(pages.latest(CAMPAIGN, "caller"), [call]))
    assert writers(pages, said) == {"p0", "p1"}  # p0 is the caller
    other = pages.write({"subject": "y"}, by="d0", record=VISIT, type="visit")
    case = pages.case(pages.next({"state": "filed"}, by="d0", record=VISIT, type="visit"))
    who = set(named(case, kinds["visit"].kind.by_move["file"], {"saw": {"subject": [other]}}))
    assert who == {"p0"}


def test_who_wrote_a_named_row_wrote_it(pages: Pages) -> None:
    fields = {"state": "open", "visit": VISIT, "text": "y"}
    row = pages.write(fields, by="d0", record=POINT, type="point", header=header("p0"))
    rows = coverage.encode({POINT: frozenset({row})})
    case = pages.case(pages.next({"state": "filed"}, by="d0", record=VISIT, type="visit"))
    filing = kinds["visit"].kind.by_move["file"]
    assert set(named(case, filing, {coverage.ROWS: rows})) == {"p0"}
    assert set(named(case, filing, {})) == set()


def test_who_brings_other_content_along_wrote_it(pages: Pages) -> None:
    call = called(pages, "d1")
    said = payload(pages, **apart(pages.latest(CAMPAIGN, "caller"), [call]))
    said["saw"] = {"campaign": pages.latest(VISIT, "campaign")}
    pages.write({"caller": "p1"}, record=CAMPAIGN, type="campaign")
    said |= apart(pages.latest(CAMPAIGN, "caller"), [call])
    assert writers(pages, said) == {"p1"}
    assert writers(pages, said, {"subject": "z"}) == {"p0", "p1"}


def test_all_who_are_kept_apart_are_named_and_no_one_else(pages: Pages) -> None:
    call, caller = called(pages), pages.latest(CAMPAIGN, "caller")
    own = pages.latest(VISIT, "subject")
    for wrong in (
        {},
        apart(caller),
        apart(None, [call]),
        apart([], [call]),
        apart(own, [call]),  # of another record
        apart(caller, caller),  # no such move
        apart([call], [call]) | {"apart": {"campaign.name": caller}},
    ):
        refused(reasons.NOT_APART, partial(writers, pages, payload(pages, **wrong)))
    more = apart(caller, [call])
    more[coverage.APART]["campaign.name"] = caller
    refused(reasons.NOT_APART, lambda: writers(pages, payload(pages, **more)))
    pages.past.faults[call] = None  # type: ignore[assignment]
    wrong = payload(pages, **apart(caller, [call]))
    refused(reasons.NOT_APART, lambda: writers(pages, wrong))


def test_nobody_is_kept_apart_where_it_was_born_without_anybody(pages: Pages) -> None:
    """The person of a file is settled at birth: to leave them out is no way round."""
    file, other = (f"0190a1b2-0000-7000-8000-00000000001{n}" for n in (1, 2))
    decide = kinds["incident_file"].kind.by_move["give_decision"]
    said = move("give_decision", "proposed", "decided", "department_manager")

    def decided(record: str, dots: list[Dot] | None) -> set[str]:
        one = {"record": record, "type": "incident_file"}
        saw = {"saw": {"duty": pages.latest(record, "duty")}}
        named = {} if dots is None else {coverage.APART: {".concerned": dots}}
        change = pages.next({"state": "decided"}, by="d0", **one)
        return set(writers_of(pages.case(change), {**said, **saw, **named})(decide))

    born = {"state": "opened", "duty": "provider", "provider": CAMPAIGN}
    pages.write(born, record=file, type="incident_file", header=header("p1"))
    assert "p0" not in decided(file, None)
    born = {"state": "opened", "duty": "main", "concerned": "p0"}
    pages.write(born, record=other, type="incident_file", header=header("p1"))
    refused(reasons.NOT_APART, partial(decided, other, None))
    assert "p0" in decided(other, pages.latest(other, "concerned"))
    unborn = f"{file[:-1]}3"
    pages.write({"duty": "main"}, record=unborn, type="incident_file")
    refused(reasons.NOT_APART, partial(decided, unborn, None))


def test_what_is_not_here_leaves_it_open(pages: Pages) -> None:
    call, caller = called(pages), pages.latest(CAMPAIGN, "caller")
    with pytest.raises(Lacking):
        writers(pages, payload(pages, **apart([("d1", 99)], [call])))
    whole = pages.past.changes[caller[0]]
    bare = PrunedChange(SPACE, *caller[0], whole.at, "campaign", CAMPAIGN, 1, {}, {"caller": []})
    pages.past.changes[caller[0]] = bare
    with pytest.raises(Lacking):
        writers(pages, payload(pages, **apart(caller, [call])))


def test_a_field_that_it_decides_on_is_named_or_written(pages: Pages) -> None:
    approve = kinds["escalation"].kind.by_move["approve"]
    for saw, fields, right in (
        ({}, {}, False),
        ({"solution": [["d1", 1]]}, {}, True),
        ({}, {"solution": "z"}, True),
    ):
        change = pages.next({"state": "approved", **fields}, record=POINT, type="escalation",
                            base={})  # fmt: skip
        case, said = pages.case(change), {"saw": saw}
        if right:
            content_named(case, approve, said)
        else:
            refused(reasons.LEFT_OUT, partial(content_named, case, approve, said))
