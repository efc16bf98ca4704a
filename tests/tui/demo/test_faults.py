"""The faults of the demonstration: what they name exists, and their escalations end as they say."""

from __future__ import annotations

from models.records.problems.fix import CAUSE_CLASSES, FOUND_DURING, REASONS, SEVERITIES
from models.schema.record import kinds
from tui.demo.checklists import TEMPLATES
from tui.demo.company import EQUIPMENT, PEOPLE, PROJECTS, SITES
from tui.demo.faults import (
    CORRECTIONS,
    ESCALATIONS,
    FAULTS,
    DemoMember,
    EscalationMove,
    escalation,
)

KEYS = {fault.key for fault in FAULTS}


def test_a_fault_has_its_key_alone_and_its_place() -> None:
    assert len(KEYS) == len(FAULTS)
    devices = {device.ref for device in EQUIPMENT}
    for fault in FAULTS:
        assert fault.equipment is None or fault.equipment in devices
        assert fault.site is None or fault.site in {site.ref for site in SITES}
        assert fault.during in {name for name, _, _ in FOUND_DURING}
        assert fault.who in {person.key for person in PEOPLE}


def test_a_fault_is_shown_by_an_item_or_names_its_project() -> None:
    items = {(t.ref, item.stable) for t in TEMPLATES for item in t.items}
    for fault in FAULTS:
        if fault.template:
            assert (fault.template, fault.item) in items and fault.values
        else:
            assert fault.project in {project.ref for project in PROJECTS}
            assert not fault.values and fault.noted


def test_corrections_and_escalations_are_those_of_a_fault() -> None:
    assert {correction.fault for correction in CORRECTIONS} <= KEYS
    assert {one.fault for one in ESCALATIONS} == {f.key for f in FAULTS if f.escalated}
    assert sum(len(fault.corrections) for fault in FAULTS) == len(CORRECTIONS)
    assert all(c.cause_class in {name for name, _, _ in CAUSE_CLASSES} for c in CORRECTIONS)
    assert all((c.verified is None) == (c.verify_method is None) for c in CORRECTIONS)


def test_the_steps_of_an_escalation_are_a_way_through_its_declared_moves() -> None:
    kind = kinds["escalation"].kind
    ends = set()
    for one in ESCALATIONS:
        assert one.reason_kind in {name for name, _, _ in REASONS}
        assert one.severity in {name for name, _, _ in SEVERITIES}
        state, before = "reported", (0, "")
        for step in one.steps:
            if isinstance(step, EscalationMove):
                assert state in kind.by_move[step.move].from_, (one.fault, step.move)
                assert step.at > before
                state, before = kind.by_move[step.move].to, step.at
        ends.add(state)
    assert ends == {state.name for state in kind.states if not state.derived}


def test_members_are_those_of_an_accepted_escalation() -> None:
    for one in ESCALATIONS:
        moves = [step.move for step in one.steps if isinstance(step, EscalationMove)]
        members = [step.person for step in one.steps if isinstance(step, DemoMember)]
        assert not members or moves[0] == "accept"
        assert len(members) == len(set(members))


def test_the_move_that_fixes_says_cause_and_measure() -> None:
    fixed = [one for one in ESCALATIONS if one.fixed]
    assert fixed and all(one.fixed and one.fixed.cause and one.fixed.measure for one in fixed)
    assert escalation(fixed[0].fault) is fixed[0] and escalation("nothing") is None
