"""The lines of problems: on-site fixes with their re-verification, escalations, working groups."""

from __future__ import annotations

from models.text.words import W
from tui.demo.checklist_rounds import answer_ref, place_of, sheet_ref, slots_of
from tui.demo.checklists import template_of
from tui.demo.company import EQUIPMENT, PEOPLE, lead_of, roles_on
from tui.demo.faults import (
    FAULTS,
    Correction,
    DemoEscalation,
    DemoFault,
    DemoMember,
    EscalationMove,
    When,
    escalation,
)
from tui.demo.line_stream import Stream

_NOTED = 4 * 60_000  # a problem is written down some minutes after its answer
_WRITTEN = 10 * 60_000  # and its correction some minutes after the work


class DemoProblem:
    """A fault at its place in the month: its refs, its project, its times."""

    def __init__(self, out: Stream, fault: DemoFault) -> None:
        self.out = out
        self.fault = fault
        self.back, self.answer = fault.found, ""
        self.project = fault.project
        if fault.template:
            checklist = template_of(fault.template)
            slot = slots_of(out, checklist)[place_of(out, checklist, fault.found, fault.round)]
            self.back, self.project = slot.back, checklist.project
            sheet = sheet_ref(out, fault.template, slot)
            self.answer = answer_ref(sheet, fault.item, fault.device_row)
        self.escalation = escalation(fault.key)
        self.manager = next(
            p.key for p in PEOPLE if "department_manager" in roles_on(p, self.project)
        )

    @property
    def fix(self) -> str:
        """The ref of the on-site fix."""
        return f"fix-{self.fault.key}"

    @property
    def raised(self) -> str:
        """The ref of the escalation."""
        return f"escalation-{self.fault.key}"

    @property
    def source(self) -> str:
        """The ref of the record that a weekly status names."""
        return self.raised if self.fault.direct else self.fix

    @property
    def site(self) -> str | None:
        """Where it is."""
        return next((e.site for e in EQUIPMENT if e.ref == self.fault.equipment), self.fault.site)

    def at(self, when: When) -> int:
        """The instant of a step."""
        return self.out.span.at(self.back - when[0], when[1])

    def found_at(self) -> int:
        """The instant at which it was found."""
        if self.answer:
            return self.out.made[self.answer]
        return self.at((0, self.fault.noted or "09:00")) - 45 * 60_000

    def solved(self) -> tuple[int, W, W] | None:
        """When it was put right for good, with its cause and measure; None while it is open."""
        fixed = self.escalation.fixed if self.escalation else None
        if fixed and fixed.cause and fixed.measure:
            return self.at(fixed.at), fixed.cause, fixed.measure
        last = self.fault.corrections[-1] if self.fault.corrections else None
        if last is None or last.fails is not None:
            return None
        return self.at(last.when), last.cause, last.correction


def problems(out: Stream) -> list[DemoProblem]:
    """Every problem of the month; the sheets must be there."""
    return [DemoProblem(out, fault) for fault in FAULTS]


def put_problems(out: Stream) -> None:
    """All fixes and escalations."""
    for problem in problems(out):
        if not problem.fault.direct:
            _put_fix(problem)
        if problem.fault.escalated and problem.escalation:
            _put_escalation(problem, problem.escalation, problem.at(problem.fault.escalated))
        for correction in problem.fault.corrections:
            _put_correction(problem, correction)
        if problem.fault.closed:
            problem.out.move(
                "close", problem.fix, lead_of(problem.project), problem.at(problem.fault.closed)
            )


def _put_fix(problem: DemoProblem) -> None:
    fault, found = problem.fault, problem.found_at()
    noted = problem.at((0, fault.noted)) if fault.noted else found + _NOTED
    problem.out.add(
        "fix", problem.fix, fault.who, noted, project=problem.project,
        occurred=found if fault.noted else None,
        phenomenon=fault.phenomenon, site=problem.site, equipment=fault.equipment,
        place=fault.place, found_during=fault.during, answer=problem.answer,
        typical=fault.typical or None,
    )  # fmt: skip


def _put_correction(problem: DemoProblem, done: Correction) -> None:
    """One attempt, and what its re-verification found."""
    who, at = problem.fault.who, problem.at(done.when)
    problem.out.move(
        "fix", problem.fix, who, at + _WRITTEN,
        cause=done.cause, cause_class=done.cause_class, correction=done.correction,
        fixed_at=at, fixed_by=who,
    )  # fmt: skip
    if done.verified is None:
        return
    move = "verify" if done.fails is None else "fail"
    at = problem.at(done.verified)
    problem.out.move(
        move, problem.fix, who, at, verify_method=done.verify_method, comment=done.fails
    )


def _put_escalation(problem: DemoProblem, plan: DemoEscalation, at: int) -> None:
    out, fault, ref = problem.out, problem.fault, problem.raised
    facts = {
        "reason_kind": plan.reason_kind,
        "severity": plan.severity,
        "department_manager": problem.manager,
        "due": out.span.day(problem.back - plan.due).isoformat(),
    }
    if fault.direct:
        out.add(
            "escalation", ref, fault.who, at, project=problem.project, answer=problem.answer,
            phenomenon=fault.phenomenon, site=problem.site, equipment=fault.equipment,
            place=fault.place, **facts,
        )  # fmt: skip
    else:
        reason = {name: facts.pop(name) for name in ("reason_kind", "severity")}
        out.move("escalate", problem.fix, fault.who, at, makes=ref, **reason)
        out.edit(ref, fault.who, at, **facts)
    for step in plan.steps:
        if isinstance(step, DemoMember):
            _put_member(problem, step)
        else:
            _put_move(problem, step)


def _put_member(problem: DemoProblem, member: DemoMember) -> None:
    out, ref = problem.out, problem.raised
    out.add(
        "group_member", f"{ref}-{member.person}", problem.manager, out.latest[ref] + _NOTED,
        project=problem.project, escalation=ref, person=member.person, duty=member.duty,
    )  # fmt: skip


def _put_move(problem: DemoProblem, step: EscalationMove) -> None:
    """A move of the escalation; the one that fixes it writes by whom and when."""
    at, who = problem.at(step.at), step.by or problem.manager
    fixed: dict[str, object] = {}
    if step.move == "fix":
        fixed = {"fixed_at": at, "fixed_by": who}
    elif step.move == "accept":
        fixed = {"group_lead": problem.manager}
    problem.out.move(
        step.move, problem.raised, who, at, comment=step.comment, advice=step.advice,
        solution=step.solution, cause=step.cause, cause_class=step.cause_class,
        measure=step.measure, verify_method=step.verify_method, **fixed,
    )  # fmt: skip
