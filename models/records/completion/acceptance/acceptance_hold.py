"""Acceptance hold: what a project's acceptance and its completion wait for. Clause: 6.2

Every undecided concession holds the acceptance (`concession_hold`), and so does every escalation
that is not solved. A document that is missing, and for the completion the acceptance itself and the
archive, are asked for at the step. A project with nothing agreed with its customer, that is without
a milestone plan in force and without an acceptance, is completed without one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from models.book.approval import passage
from models.derived.gates import (
    GateDecision,
    GatedRecord,
    GateQuestion,
    Hold,
    Lack,
    before_passing,
    gate,
    is_passed,
)
from models.records.completion.acceptance import items
from models.records.completion.acceptance.acceptance import PASSED, Acceptance
from models.records.completion.archive.holdings import archive_of, holdings
from models.records.completion.archive.lacking import some
from models.records.completion.archive.project_archive import FILED
from models.records.problems.concessions.concession import LETS_PASS
from models.records.problems.concessions.concession_hold import WAY, WHY, valid
from models.records.problems.concessions.problem_solutions import SOLVED
from models.records.problems.concessions.unverified_hold import concessions_for
from models.records.problems.escalation import Escalation
from models.records.registers.project import Project
from models.schema.record import Record
from models.storage import rows
from models.text.words import W

if TYPE_CHECKING:
    from models.storage.store import Store

NO_ACCEPTANCE = W("还没有通过的项目验收", "has no acceptance that passed")
ACCEPT_FIRST = W("请先完成验收。", "Have it accepted by the customer first.")
NOT_PASSED = W("还没有通过", "has not passed")
NO_ARCHIVE = W("还没有归档", "is not archived")
NOT_FILED = W("还没有归档", "is not filed")
FILE_FIRST = W("请先归档。", "File its documents first.")
OPEN_ESCALATION = W("尚未解决", "is not solved")
SOLVE_FIRST = W("请先解决并验证。", "Have it solved and verified first.")
DOCUMENTS = W("还缺 {n} 项文件：{names}", "lacks documents ({n}): {names}")
PAPERS_FIRST = W(
    "请在项目归档页补上，确不需要的注明原因。",
    "Add it on the archive page, or say there why it is not needed.",
)


@gate("escalation", passes=SOLVED)
def held_by_escalations(asked: GateQuestion) -> Iterator[Hold]:
    """What the unsolved escalations of projects with an acceptance hold."""
    where, params = "WHERE project IN (SELECT project FROM acceptance)", list[str]()
    if not asked.lifted:
        where = f"{where} AND state NOT IN {SOLVED}"
    if asked.project is not None:
        where, params = f"{where} AND project=?", [asked.project]
    found = rows.fetch(asked.store, Escalation, f"{where} ORDER BY n", params)
    wanted = concessions_for(asked.store, found) if found else {}
    for one in found:
        hold = _hold(one, asked, wanted.get(one.id, []))
        if asked.lifted or not hold.lifted:
            yield hold


def _hold(one: Escalation, asked: GateQuestion, concessions: list[Any]) -> Hold:
    running = [it for it in concessions if it.state in LETS_PASS and valid(it, asked.today)]
    lifted = (one,) if one.state in SOLVED else tuple[Record, ...](running)
    return Hold(
        by=(one,),
        why=WHY["unverified"],
        way=WAY["unverified"],
        project=str(one.project),
        covers=lambda it: it.type == Acceptance.kind.name,
        decisions=(
            GateDecision(one.id, one.type),
            *(GateDecision(it.id, it.type, it.valid_to) for it in concessions),
        ),
        lifted=lifted,
        seen=passage.seen(one.passed_before),
    )


@gate("acceptance", passes=PASSED)
def held_without_acceptance(asked: GateQuestion) -> Iterator[Hold]:
    """Projects that are completed though their acceptance has not passed.

    What is not completed is asked at the step (`acceptance_passed`): it is not on hold.
    """
    where, params = "WHERE void IS NULL", list[str]()
    if asked.project is not None:
        where, params = f"{where} AND project=?", [asked.project]
    if not asked.lifted:
        where = (
            f"{where} AND state NOT IN {PASSED}"
            " AND project IN (SELECT id FROM project WHERE state='completed')"
        )
    for one in rows.fetch(asked.store, Acceptance, f"{where} ORDER BY n", params):

        def covers(it: GatedRecord) -> bool:
            return it.type == "project" and (asked.lifted or is_passed(it.type, it.state))

        yield Hold(
            by=(one,),
            why=NOT_PASSED,
            way=ACCEPT_FIRST,
            project=str(one.project),
            covers=covers,
            decisions=(GateDecision(one.id, one.type),),
            lifted=(one,) if one.state in PASSED else (),
            seen={},
        )


@before_passing("acceptance")
def documents_there(store: Store, acceptance: Acceptance) -> Iterator[Lack]:
    """The documents that have to be there before the acceptance."""
    project = rows.one(store, Project, str(acceptance.project))
    if project is None:
        return
    found = holdings(store, project)
    lacking = found.lacking("handover")
    if lacking:
        names = some([one.paper.name for one in lacking])
        why = W(
            DOCUMENTS.zh.format(n=len(lacking), names=names.zh),
            DOCUMENTS.en.format(n=len(lacking), names=names.en),
        )
        yield Lack((found.archive or project,), why, PAPERS_FIRST)


@before_passing("project")
def acceptance_passed(store: Store, project: Project) -> Iterator[Lack]:
    """The acceptance, the open escalations and the archive, where something was agreed."""
    where = "WHERE project=? AND void IS NULL"
    found = rows.fetch(store, Acceptance, where, (project.id,))
    if not found and items.plan_in_force(store, project.id) is None:
        return
    if not found:
        yield Lack((project,), NO_ACCEPTANCE, ACCEPT_FIRST)
    for acceptance in (one for one in found if one.state not in PASSED):
        yield Lack((acceptance,), NOT_PASSED, ACCEPT_FIRST)
    where = f"WHERE project=? AND void IS NULL AND state NOT IN {SOLVED} ORDER BY n"
    for escalation in rows.fetch(store, Escalation, where, (project.id,)):
        yield Lack((escalation,), OPEN_ESCALATION, SOLVE_FIRST)
    archive = archive_of(store, project.id)
    if archive is None:
        yield Lack((project,), NO_ARCHIVE, FILE_FIRST)
    elif archive.state != FILED:
        yield Lack((archive,), NOT_FILED, FILE_FIRST)
