"""Start hold: what a service start waits for. Clause: 4.1.2

技术支持服务实施前: the confirmed study of problems, and the confirmed competence of everybody who
takes part, with somebody for each kind of service that the proposal names; or an exception that the
department manager signed, until its day. Once a service has begun, what counts is who took part
then: somebody who comes later is confirmed, but holds nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from models.book.people import EVERY, People
from models.derived.gates import GateDecision, GatedRecord, GateQuestion, Hold, gate
from models.records.preparation.competence.competence_confirmation import CompetenceConfirmation
from models.records.preparation.reconfirmations import environment
from models.records.preparation.start.pre_service_study import PreServiceStudy
from models.records.preparation.start.service_start import ServiceStart
from models.records.preparation.start.start_exception import StartException
from models.schema.record import Record, kinds
from models.storage import rows
from models.storage.store import places
from models.text.lists import names_of
from models.text.words import W

if TYPE_CHECKING:
    from models.storage.store import Store

NO_STUDY = W("还没有经确认的服务前问题研究讨论", "has no confirmed pre-service study")
NOT_CONFIRMED = W("还没有{name}的人员能力确认", "has no competence confirmation of {name}")
NOT_COVERED = W("还没有经确认能承担“{name}”的人员", "has nobody confirmed for “{name}”")
WAY = W(
    "请先补齐确认（不参与服务的人员请登记“不参与本项目服务”），或由部门经理签署例外。",
    "Have this confirmed first (of people who take no part, say so), or have the department manager"
    " sign an exception.",
)
LETS_PASS = ("confirmed", "signed")
SERVING = environment.SERVING


@gate("pre_service_study", "competence_confirmation", "start_exception", passes=LETS_PASS)
def held_before_start(asked: GateQuestion) -> Iterator[Hold]:
    """What holds each service start: the study that is missing, and everybody unconfirmed."""
    where, params = "WHERE void IS NULL", list[str]()
    if asked.project is not None:
        where, params = f"{where} AND project=?", [asked.project]
    starts = rows.fetch(asked.store, ServiceStart, f"{where} ORDER BY n", params)
    if not starts:
        return
    known = _Known(asked.store, [str(one.project) for one in starts])
    for start in starts:
        project = known.projects.get(str(start.project))
        if project is not None:
            for hold in _StartHolds(asked, start, project, known).all():
                if asked.lifted or not hold.lifted:
                    yield hold


class _Known:
    """What some projects have of studies, confirmations and exceptions, read at once."""

    def __init__(self, store: Store, projects: Sequence[str]) -> None:
        self.store, self.people = store, People(store.db)
        ids = list(dict.fromkeys(projects))
        where = f"WHERE id IN ({places(ids)})"
        found = rows.fetch(store, kinds["project"], where, ids)
        self.projects: dict[str, Record] = {one.id: one for one in found}
        self.studies = self._all(PreServiceStudy, ids)
        self.confirmations = self._all(CompetenceConfirmation, ids)
        self.exceptions = self._all(StartException, ids)
        sql = f"SELECT DISTINCT person, project FROM role_grant WHERE role IN ({places(SERVING)})"
        self._serving = [(str(a), str(b)) for a, b in store.rows(f"{sql} ORDER BY person", SERVING)]

    def _all(self, cls: type[Record], ids: Sequence[str]) -> dict[str, list[Any]]:
        where = f"WHERE project IN ({places(ids)}) AND void IS NULL ORDER BY n"
        found = defaultdict[str, list[Any]](list)
        for one in rows.fetch(self.store, cls, where, ids):
            found[str(one.project)].append(one)
        return found

    def serving(self, project: str) -> list[str]:
        """Who holds a role in the service of a project."""
        found = (person for person, where in self._serving if where in (project, EVERY))
        return list(dict.fromkeys(found))


class _StartHolds:
    """The holds of one service start."""

    def __init__(
        self, asked: GateQuestion, start: ServiceStart, project: Record, known: _Known
    ) -> None:
        self.asked, self.start, self.project, self.known = asked, start, project, known
        self.exceptions: list[StartException] = known.exceptions[project.id]
        self.confirmations: list[CompetenceConfirmation] = known.confirmations[project.id]

    def all(self) -> Iterator[Hold]:
        """The study, the people, the kinds of service."""
        signed = [one for one in self.exceptions if "study" in names_of(one.lacking)]
        yield self._hold(NO_STUDY, [*self.known.studies[self.project.id], *signed])
        signed = [one for one in self.exceptions if "competence" in names_of(one.lacking)]
        for person in self._people():
            of_person = [one for one in self.confirmations if one.member == person]
            let = [one for one in signed if person in names_of(one.people)]
            why = _named(NOT_CONFIRMED, self.known.people.name(person))
            yield self._hold(why, [*of_person, *let])
        for kind in self._kinds():
            able = [one for one in self.confirmations if kind in names_of(one.service_kinds)]
            word = CompetenceConfirmation.specs()["service_kinds"].word(kind)
            yield self._hold(_named(NOT_COVERED, word), [*able, *signed], once=True)

    def _people(self) -> list[str]:
        """Who is to be confirmed: those who take part now, or took part when it began."""
        if self.start.state == "started":
            return names_of(self.start.team)
        apart = {one.member for one in self.confirmations if one.state == "apart"}
        return [one for one in self.known.serving(self.project.id) if one not in apart]

    def _kinds(self) -> list[str]:
        """The kinds of service for which somebody must be there before it begins."""
        if self.start.state == "started":
            return []
        proposal = environment.proposal_in_force(self.asked.store, self.project.id)
        return names_of(proposal.service_kinds) if proposal is not None else []

    def _hold(self, why: W, found: Sequence[Any], *, once: bool = False) -> Hold:
        """One thing that is missing unless one of these lets pass; `once`: only before a start."""
        until = [getattr(one, "valid_to", None) for one in found]
        lifted = tuple(
            one
            for one, end in zip(found, until, strict=True)
            if one.state in LETS_PASS and (end is None or self.asked.today <= end)
        )
        id = self.start.id

        def covers(it: GatedRecord) -> bool:
            return it.id == id and not once

        return Hold(
            by=(self.project,),
            why=why,
            way=WAY,
            project=self.project.id,
            covers=covers,
            decisions=tuple(
                GateDecision(one.id, one.type, end) for one, end in zip(found, until, strict=True)
            ),
            lifted=lifted,
            seen={},
            beside=frozenset([id] if once else ()),
            named=frozenset([id]),
        )


def _named(word: W, name: str) -> W:
    return W(word.zh.replace("{name}", name), word.en.replace("{name}", name))
