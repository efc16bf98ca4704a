"""Problems of the demonstration: fixes, escalations and groups at the times of their faults."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from models.calendar.working_calendar import BUNDLED
from tui.demo.checklist_rounds import Rounds
from tui.demo.faults import ESCALATIONS, FAULTS, DemoMember
from tui.demo.line_stream import Span, Stream
from tui.demo.master_data import put_places, put_projects, put_templates
from tui.demo.problem_lines import DemoProblem, problems, put_problems

FRIDAY = date(2026, 11, 20)
MINUTE = 60_000


@cache
def played() -> Stream:
    """The problems of the month that ends on a Friday."""
    out = Stream("zh", Span(FRIDAY, BUNDLED))
    for put in (put_places, put_projects, put_templates):
        put(out)
    Rounds(out, 1).put()
    put_problems(out)
    return out


def lines_of(ref: str) -> list[dict[str, Any]]:
    """The lines of one record, in order."""
    return [line for line in played().sorted() if line["ref"] == ref]


def problem(key: str) -> DemoProblem:
    """The problem of a fault."""
    return next(one for one in problems(played()) if one.fault.key == key)


def test_a_fix_is_written_down_some_minutes_after_its_answer() -> None:
    for one in problems(played()):
        if one.answer and not one.fault.direct and not one.fault.noted:
            (made, *_) = lines_of(one.fix)
            assert made["answer"] == one.answer
            assert made["at"] == played().made[one.answer] + 4 * MINUTE
            assert "occurred" not in made


def test_a_problem_noted_later_keeps_when_it_occurred() -> None:
    late = [one for one in problems(played()) if one.fault.noted and not one.fault.direct]
    assert late
    for one in late:
        (made, *_) = lines_of(one.fix)
        assert made["occurred"] == one.found_at() < made["at"]


def test_a_failed_correction_is_followed_by_another_one() -> None:
    moves = [line["move"] for line in lines_of("fix-x4-power") if "move" in line]
    assert moves == ["fix", "fail", "fix", "verify", "close"]
    failed = lines_of("fix-x4-power")[2]
    assert failed["comment"] and failed["verify_method"]


def test_an_escalated_fix_makes_an_escalation_with_its_facts() -> None:
    for one in problems(played()):
        if one.fault.escalated and not one.fault.direct:
            makes = [line for line in lines_of(one.fix) if "makes" in line]
            assert [line["makes"] for line in makes] == [one.raised]
            facts = lines_of(one.raised)[0]
            assert facts["department_manager"] == one.manager and facts["due"]


def test_a_direct_escalation_has_no_fix() -> None:
    direct = [one for one in problems(played()) if one.fault.direct]
    assert direct
    for one in direct:
        assert not lines_of(one.fix) and one.source == one.raised
        assert lines_of(one.raised)[0]["type"] == "escalation"


def test_moves_of_an_escalation_are_those_of_its_data() -> None:
    for escalation in ESCALATIONS:
        lines = lines_of(f"escalation-{escalation.fault}")
        expected = [step.move for step in escalation.steps if not isinstance(step, DemoMember)]
        assert [line["move"] for line in lines if "move" in line] == expected
        manager = problem(escalation.fault).manager
        assert all(line["by"] == manager for line in lines if line.get("move") == "accept")


def test_a_group_is_formed_when_the_escalation_is_accepted() -> None:
    for escalation in ESCALATIONS:
        ref = f"escalation-{escalation.fault}"
        accepted = [line["at"] for line in lines_of(ref) if line.get("move") == "accept"]
        for step in escalation.steps:
            if isinstance(step, DemoMember):
                (member,) = lines_of(f"{ref}-{step.person}")
                assert member["at"] == accepted[0] + 4 * MINUTE
                assert (member["escalation"], member["duty"]) == (ref, step.duty.zh)


def test_a_problem_is_solved_by_its_escalation_or_by_its_last_correction() -> None:
    solved = {one.fault.key: one.solved() for one in problems(played())}
    by_escalation = {one.fault for one in ESCALATIONS if one.fixed}
    by_correction = {
        fault.key for fault in FAULTS if fault.corrections and not fault.corrections[-1].fails
    }
    assert {key for key, found in solved.items() if found} == by_escalation | by_correction
    for key in by_escalation:
        found = solved[key]
        moves = [m for m in lines_of(f"escalation-{key}") if m.get("move") == "fix"]
        assert found and (found[1].zh, found[2].zh) == (moves[0]["cause"], moves[0]["measure"])
