"""Confirmations: one register for each project of all that confirms its process. Clause: 4.1.4

过程确认的记录: that the proposal is feasible, that the customer approved it, who is able, the
assessment of plans. What is missing is named beside what is there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from models.book.derived_state import StateView
from models.book.log import transitions
from models.derived import revisions
from models.records.preparation.competence.competence_confirmation import CompetenceConfirmation
from models.records.preparation.proposals.proposal_method import ProposalMethod
from models.records.preparation.proposals.service_proposal import IN_FORCE, ServiceProposal
from models.records.preparation.reconfirmations import environment
from models.records.preparation.reconfirmations.reconfirmation import Reconfirmation
from models.records.preparation.start.pre_service_study import PreServiceStudy
from models.records.preparation.start.service_start import ServiceStart
from models.records.preparation.start.start_exception import StartException
from models.schema.record import Record, kinds
from models.storage import rows
from models.text.words import W

if TYPE_CHECKING:
    from models.book.book import Book

FEASIBILITY, CUSTOMER, METHODS = "feasibility", "customer", "methods"
COMPETENCE, STUDY, PLANS, RECONFIRMED = "competence", "study", "plans", "reconfirmed"
GROUPS = {
    FEASIBILITY: W("方案可行性", "Feasibility of the proposal"),
    CUSTOMER: W("客户批准", "Approval by the customer"),
    METHODS: W("方法和程序", "Methods and procedures"),
    COMPETENCE: W("人员能力", "Competence of people"),
    STUDY: W("服务前研究与服务开始", "Pre-service study and start"),
    PLANS: W("计划评定", "Assessment of plans"),
    RECONFIRMED: W("再确认", "Re-confirmations"),
}
"""The kinds of confirmations, in the order of the manual."""
MISSING = W("缺少", "missing")
NO_PROPOSAL = W("技术服务方案", "Service proposal")
NO_METHOD = W("方案未采用方法库中的方法与程序", "The proposal names no method of the library")
NO_STUDY = W("服务前问题研究讨论", "Pre-service study")
NO_START = W("服务开始", "Service start")
PLAN_TYPES = ("milestone_plan", "service_plan")
_DONE = {
    FEASIBILITY: ("endorse",),
    CUSTOMER: ("approve", "approve_with_conditions"),
    COMPETENCE: ("confirm", "set_apart"),
    STUDY: ("confirm", "sign", "start"),
    PLANS: ("approve",),
    RECONFIRMED: ("confirm",),
}
"""The moves that confirm, by kind."""


class ConfirmationEntry(NamedTuple):
    """One confirmation of a project: there, on its way, or missing."""

    group: str
    name: str | W
    """What it is about; the id of a person where `person` says so."""
    done: bool
    state: W
    record: Record | None = None
    """Where it is, or the record in which it is to be made."""
    opens: str = ""
    """The type to begin where there is no record."""
    values: Mapping[str, Any] = {}
    """The values with which it is begun."""
    by: str = ""
    """The person who confirmed."""
    at: int | None = None
    """When, ms UTC."""
    person: bool = False

    @property
    def key(self) -> str:
        """Names it within the register."""
        if self.record is not None:
            return f"{self.group}:{self.record.id}"
        return f"{self.group}:{self.opens}:{'-'.join(map(str, self.values.values()))}"


class ConfirmationRegister(NamedTuple):
    """The confirmations of a project."""

    project: Record
    entries: Sequence[ConfirmationEntry]

    @property
    def missing(self) -> list[ConfirmationEntry]:
        """What is not confirmed."""
        return [one for one in self.entries if not one.done]

    def of(self, group: str) -> list[ConfirmationEntry]:
        """Those of one kind."""
        return [one for one in self.entries if one.group == group]

    @property
    def records(self) -> list[Record]:
        """The records in it, each once, in order."""
        found = {one.record.id: one.record for one in self.entries if one.record is not None}
        return list(found.values())


def register(book: Book, project: Record) -> ConfirmationRegister:
    """The register of a project as it is now."""
    reading = _Reading(book, project)
    every = (
        *reading.proposals(),
        *reading.methods(),
        *reading.people(),
        *reading.studies(),
        *reading.plans(),
        *reading.reconfirmations(),
    )
    return ConfirmationRegister(project, every)


class _Reading:
    """One look at a project."""

    def __init__(self, book: Book, project: Record) -> None:
        self.book, self.store, self.project = book, book.store, project.id
        self.states = StateView(book.store)
        self.proposal = self._current()

    def _all(self, cls: type[Record], where: str = "") -> list[Any]:
        return rows.fetch(
            self.store, cls, f"WHERE project=? AND void IS NULL {where} ORDER BY n", (self.project,)
        )

    def _current(self) -> ServiceProposal | None:
        """The proposal in force, else the newest one that is on its way."""
        found = environment.proposal_in_force(self.store, self.project)
        if found is not None:
            return found
        every = [one for one in self._all(ServiceProposal) if not self.states.state(one).ended]
        return every[-1] if every else None

    def _entry(
        self, group: str, name: str | W, record: Record, done: bool, **more: Any
    ) -> ConfirmationEntry:
        by, at = self._confirmed(group, record) if done else ("", None)
        state = self.states.state(record).label
        return ConfirmationEntry(group, name, done, state, record, by=by, at=at, **more)

    def _confirmed(self, group: str, record: Record) -> tuple[str, int | None]:
        """Who confirmed a record last, and when."""
        wanted = _DONE.get(group, ())
        made = [one for one in transitions.made_by(self.store, record.id) if one.move in wanted]
        return (made[-1].author, made[-1].at) if made else ("", None)

    def proposals(self) -> Iterator[ConfirmationEntry]:
        """Whether the proposal was found feasible, and the customer approved it."""
        one = self.proposal
        if one is None:
            for group in (FEASIBILITY, CUSTOMER):
                yield ConfirmationEntry(
                    group, NO_PROPOSAL, False, MISSING, opens=ServiceProposal.kind.name
                )
            return
        reviewed = one.state in ("endorsed", "sent", *IN_FORCE)
        yield self._entry(FEASIBILITY, one.title(), one, reviewed)
        yield self._entry(CUSTOMER, one.title(), one, one.state in IN_FORCE)

    def methods(self) -> Iterator[ConfirmationEntry]:
        """The methods of the proposal by their versions; its review confirms them."""
        one = self.proposal
        if one is None:
            return
        reviewed = one.state in ("endorsed", "sent", *IN_FORCE)
        where = "WHERE proposal=? AND void IS NULL ORDER BY position IS NULL, position, occurred"
        found = rows.fetch(self.store, ProposalMethod, where, (one.id,))
        for row in found:
            method = self.book.find(str(row.method))
            title = method.title() if method is not None else str(row.method)
            name = W(
                f"{title}（第 {row.version or 1} 版）", f"{title} (version {row.version or 1})"
            )
            entry = self._entry(FEASIBILITY, name, one, reviewed)
            yield entry._replace(group=METHODS, record=method or one)
        if not found:
            entry = self._entry(FEASIBILITY, NO_METHOD, one, False)
            yield entry._replace(group=METHODS, state=MISSING)

    def people(self) -> Iterator[ConfirmationEntry]:
        """Everybody who serves the project, with the confirmation of their competence."""
        known = {str(one.member): one for one in self._all(CompetenceConfirmation)}
        today = self.book.today.isoformat()
        for person in environment.serving(self.store, self.project):
            one = known.get(person)
            if one is None:
                yield ConfirmationEntry(
                    COMPETENCE,
                    person,
                    False,
                    MISSING,
                    opens=CompetenceConfirmation.kind.name,
                    values={"member": person},
                    person=True,
                )
                continue
            valid = one.valid_to is None or today <= one.valid_to
            done = one.state == "apart" or (one.state == "confirmed" and valid)
            yield self._entry(COMPETENCE, person, one, done, person=True)

    def studies(self) -> Iterator[ConfirmationEntry]:
        """The studies, the exceptions that were signed, and the start of the service."""
        studies = self._all(PreServiceStudy)
        for one in studies:
            yield self._entry(STUDY, one.title(), one, one.state == "confirmed")
        if not studies:
            yield ConfirmationEntry(
                STUDY,
                NO_STUDY,
                False,
                MISSING,
                opens=PreServiceStudy.kind.name,
            )
        for one in self._all(StartException, "AND state<>'revoked'"):
            yield self._entry(STUDY, one.title(), one, one.state == "signed")
        starts = self._all(ServiceStart)
        for one in starts:
            yield self._entry(STUDY, NO_START, one, self.states.state(one).name == "started")
        if not starts:
            yield ConfirmationEntry(STUDY, NO_START, False, MISSING, opens=ServiceStart.kind.name)

    def plans(self) -> Iterator[ConfirmationEntry]:
        """The plans in force, and those that wait for their approval."""
        for type in (name for name in PLAN_TYPES if name in kinds):
            cls, how = kinds[type], revisions.declared(type)
            approved = how.in_force if how is not None else ()
            found = [one for one in self._all(cls) if not self.states.state(one).ended]
            for one in found:
                yield self._entry(PLANS, one.title(), one, one.state in approved)
            if not found:
                yield ConfirmationEntry(PLANS, cls.kind.label, False, MISSING, opens=type)

    def reconfirmations(self) -> Iterator[ConfirmationEntry]:
        """What was confirmed anew, and what waits for it."""
        for one in self._all(Reconfirmation):
            yield self._entry(RECONFIRMED, one.title(), one, one.state == "confirmed")
        for change in environment.pending(self.store, self.project):
            if change.record is None:
                yield ConfirmationEntry(
                    RECONFIRMED,
                    change.why,
                    False,
                    MISSING,
                    opens=Reconfirmation.kind.name,
                    values={
                        "trigger": change.trigger,
                        "subject": change.subject,
                        "why": str(change.why),
                    },
                )
