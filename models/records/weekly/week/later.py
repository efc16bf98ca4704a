"""What came to a project's week after it was issued, with the cause and measure of each problem.

It is the difference of the week as the records say it now against the content that was issued,
worked out at every look: nothing of it is stored, and every replica says the same. A problem whose
cause was open has its cause here when it comes. Clause: 5.3.1(2).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from models.book.log import transitions
from models.derived.compiled import LaterNews
from models.records.preparation.execution.plan_execution import AHEAD, OPEN, STANDINGS
from models.records.problems.escalation import Escalation
from models.records.problems.fix import Fix
from models.records.weekly.week import supplements, week_problems
from models.records.weekly.week.content import CheckPart, ProblemPart, WeekContent
from models.storage.store import places
from models.text.words import W, say

if TYPE_CHECKING:
    from models.book.book import Book
    from models.records.weekly.weekly_report import WeeklyReport

CLOCK_BITS = 16
ENTRY_NEW = W("签发后才提交", "submitted after the issue")
ENTRY_CHANGED = W("签发后改过", "changed after the issue")
WRITTEN = W("补记", "supplement")
SOLVED_NEW = W("签发后记入：已解决的问题", "told after the issue: a problem solved in the week")
OPEN_NEW = W("签发后记入：未解决的问题", "told after the issue: a problem open in the week")
SOLVED_SINCE = W("签发后记入：本周已解决", "told after the issue: it was solved in the week")
CAUSE_SINCE = W("签发后补上", "completed after the issue")
TEXT_SINCE = W("签发后改过", "changed after the issue")
GONE = W("签发后撤出：不再是本周的问题", "taken out after the issue: no problem of the week now")
CHECKS_SINCE = W("签发后有变化：检查表", "changed after the issue: checklist")
PROBLEM, CAUSE, MEASURE = W("问题", "Problem"), W("原因", "Cause"), W("措施", "Measure")
REASON = W("理由", "Reason")
COUNTS = W(
    "完成 {done0} → {done}，检查项 {items0} → {items}，异常 {bad0} → {bad}",
    "done {done0} → {done}, items {items0} → {items}, not ok {bad0} → {bad}",
)
TASK_SINCE = W("签发后有变化：计划任务", "changed after the issue: planned task")
TURN = W("{before} → {after}", "{before} → {after}")
TEXTS = (("phenomenon", PROBLEM), ("cause", CAUSE), ("measure", MEASURE))


def news(
    book: Book, report: WeeklyReport, issued: WeekContent, now: WeekContent
) -> list[LaterNews]:
    """What differs from what was issued: entries, problems, checklists, planned tasks, written
    supplements."""
    return [
        *_entries(book, report),
        *_problems(book, issued, now),
        *_checks(book, issued, now),
        *_tasks(book, issued, now),
    ]


def _entries(book: Book, report: WeeklyReport) -> Iterator[LaterNews]:
    """Entries that came or changed since, and what was written as a supplement."""
    written = supplements.supplements(book, report)
    for row in written:
        source = book.find(row.source) if row.source else None
        number = source.number if source is not None else row.number
        id = source.id if source is not None else row.id
        yield LaterNews(row.occurred, id, number, WRITTEN, ((None, row.text or ""),))
    told = {row.source for row in written}
    for one in supplements.later(book, report):
        if one.weekly.id not in told:
            moves = transitions.made_by(book.store, one.weekly.id)
            at = max((m.at for m in moves if m.state == "submitted"), default=None)
            what = ENTRY_NEW if one.new else ENTRY_CHANGED
            who = book.people.name(one.weekly.person or one.weekly.author)
            yield LaterNews(at, one.weekly.id, one.weekly.number, what, ((None, who),))


def _problems(book: Book, issued: WeekContent, now: WeekContent) -> Iterator[LaterNews]:
    before = {one.source: one for one in issued.problems}
    here = {one.source: one for one in now.problems}
    for one in now.problems:
        if one.source not in before:
            what = SOLVED_NEW if one.solved else OPEN_NEW
            yield _news(book, one, what, {name: getattr(one, name) for name, _ in TEXTS})
    for one in issued.problems:
        present = here.get(one.source)
        if present is None:
            yield _gone(book, one)
            continue
        texts = _present(book, one, present)
        changed = {name: text for name, text in texts.items() if text != getattr(one, name)}
        if present.solved and not one.solved:
            yield _news(book, one, SOLVED_SINCE, texts)
        elif changed:
            completed = all(not getattr(one, name) for name in changed)
            what = CAUSE_SINCE if completed else TEXT_SINCE
            yield _news(book, one, what, {"phenomenon": texts["phenomenon"], **changed})


def _present(book: Book, issued: ProblemPart, now: ProblemPart) -> dict[str, Any]:
    """The texts of a problem now; what its entry left open is taken from its record."""
    texts = {name: getattr(now, name) for name, _ in TEXTS}
    if not (texts["cause"] and texts["measure"]):
        record = book.find(issued.source)
        if isinstance(record, Fix | Escalation):
            known = week_problems.problem_of(book.store, record).values(None, False)
            texts |= {name: known[name] for name, text in texts.items() if not text}
    return texts


def _news(book: Book, one: ProblemPart, what: W, texts: dict[str, Any]) -> LaterNews:
    labels = dict(TEXTS)
    told = tuple((labels[name], str(text)) for name, text in texts.items() if text)
    return LaterNews(_last_change(book, one), one.source, one.number, what, told)


def _gone(book: Book, one: ProblemPart) -> LaterNews:
    record = book.find(one.source)
    reason = record.void if record is not None else None
    texts: tuple[tuple[W | None, str], ...] = ((PROBLEM, str(one.phenomenon or "")),)
    texts += ((REASON, reason),) if reason else ()
    return LaterNews(_last_change(book, one), one.source, one.number, GONE, texts)


def _last_change(book: Book, one: ProblemPart) -> int | None:
    """When the problem's records were last changed, ms UTC, by the log."""
    every = (one.source, *one.raised)
    times = [entry.at for id in every for entry in book.change_log.history(id)]
    return max(times) >> CLOCK_BITS if times else None


def _checks(book: Book, issued: WeekContent, now: WeekContent) -> Iterator[LaterNews]:
    before = {check.template: check for check in issued.checks}
    for check in now.checks:
        was = before.get(check.template)
        if _counts(was) != _counts(check):
            text = say(COUNTS, **_counts(check), **_counts(was, "0"))
            found = ((None, check.said), (None, text))
            yield LaterNews(_last_move(book, check.sheets), check.template, "", CHECKS_SINCE, found)


def _counts(check: CheckPart | None, mark: str = "") -> dict[str, int]:
    parts = ("done", "items", "bad")
    return {f"{part}{mark}": getattr(check, part) if check is not None else 0 for part in parts}


def _tasks(book: Book, issued: WeekContent, now: WeekContent) -> Iterator[LaterNews]:
    """The tasks that stand otherwise than they did; one that was not due yet has only come due."""
    before = {one.code: one for one in issued.plan}
    for one in now.plan:
        was = before.get(one.code)
        if was is None or was.standing == one.standing:
            continue
        if was.standing == AHEAD and one.standing == OPEN:
            continue
        turn = say(TURN, before=STANDINGS[was.standing][0], after=STANDINGS[one.standing][0])
        found = ((None, one.what), (None, turn))
        record = one.record or one.task
        yield LaterNews(_last_move(book, [record]), record, "", TASK_SINCE, found)


def _last_move(book: Book, ids: Sequence[str]) -> int | None:
    """When one of these records was last moved on, ms UTC."""
    found = book.store.row(f"SELECT max(at) FROM transition WHERE record IN ({places(ids)})", ids)
    return found[0] if found is not None else None
