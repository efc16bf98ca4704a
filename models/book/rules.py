"""Rules that reach across records, each a named function; the book calls them in its transaction.

`before` rules refuse, `after` rules act. A rule is entered in one of the tables at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from models.book import permissions
from models.queries import links
from models.records.problems import anonymisation, concession_hold
from models.records.problems.concession import UNDECIDED
from models.schema.record import LEADS, Move, Record
from models.text.words import Refused, W, several

if TYPE_CHECKING:
    from models.book.book import Book

UNANSWERED = W(
    "还有 {count} 项没有结果：{items}。请填写，或标为未检并写原因。",
    "{count} items have no result: {items}. Answer them, or mark them not checked with a reason.",
)
NEEDS_REASON = W(
    "“{result}”需要写明原因。",
    "“{result}” needs a reason.",
)

NOT_OF_PROJECT = W(
    "{id} 不是本项目在用的里程碑或交付。请选择本项目的，或空着。",
    "{id} is no milestone or delivery in use of this project. Choose one of it, or none.",
)
PASSED_ALREADY = W(
    "{number}“{name}”已经完成，不能再为它申请让步。请选择下一个。",
    "{number} “{name}” is over; no concession can be asked for it. Choose the next one.",
)
NO_EVIDENCE = W(
    "{number} 还没有凭据。请先把客户的书面决定附在这条记录上（t 或 Ctrl+F），再登记。",
    "{number} has no evidence. Attach the customer's written decision to it first (t or Ctrl+F).",
)
NO_EXPERIENCE = W(
    "{number} 还没有可公开的经验。请先核对去掉名称后的内容："
    "sitebook add experience source={number}",
    "{number} has no experience yet. See what is published, without names:"
    " sitebook add experience source={number}",
)
DECIDE_BY_MOVE = W(
    "{number} 早已在簿中，导入不能改变它的状态。客户的决定请用它的操作登记，并附凭据。",
    "{number} was here before; an import cannot decide it. Record the decision by its moves,"
    " with the evidence.",
)
WITHDRAW = W(
    "{number} 还没有决定，不能作废。请用“撤回申请”（withdraw），并写明理由。",
    "{number} is undecided and cannot be voided. Withdraw it (withdraw) with a reason instead.",
)


def parent_open(book: Book, record_kind: str, values: Mapping[str, Any]) -> None:
    """A row is written only while the record it belongs to is open for edits."""
    from models.schema.record import kinds

    kind = kinds[record_kind].kind
    parent = values.get(kind.parent) if kind.parent and not kind.add_only else None
    above = book.find(str(parent)) if parent else None
    if above is None:
        return
    refused = permissions.closed_by(above)
    if above.void is not None:
        refused = Refused(permissions.VOIDED, number=above.number)
    if refused is not None:
        raise refused


def skipped_says_why(
    book: Book,  # noqa: ARG001
    values: Mapping[str, Any],
    record: Record | None,
) -> None:
    """Not applicable and not checked carry a reason (capability 60)."""
    result = values.get("result")
    reason = values.get("reason", getattr(record, "reason", None))
    if result in ("na", "unchecked") and not reason:
        from models.records.checks.answer import Answer

        raise Refused(NEEDS_REASON, result=Answer.specs()["result"].word(result))


def sheet_complete(book: Book, sheet: Record) -> None:
    """A sheet is submitted when every item has a result. Clause: 5.1.1."""
    absent = links.unanswered(book.store, sheet)
    if absent:
        names = several(item.text() for item in absent[:3]) + ("…" if len(absent) > 3 else "")
        raise Refused(UNANSWERED, count=len(absent), items=names)


def week_taken_in(book: Book, weekly: Record) -> None:
    """Handing in a weekly status takes its week's problems in. Clause: 5.3.1(2)."""
    from models.records.weekly import problem_intake
    from models.records.weekly.weekly_entry import Weekly

    assert isinstance(weekly, Weekly)
    problem_intake.take_in(book, weekly)


def confirm_own(book: Book, record: Record) -> None:
    """What a manager adds to the company's registers needs no second confirmation."""
    if book.people.roles(book.me, None) & set(LEADS):
        book.move(record.id, "confirm")


def escalation_from_fix(book: Book, fix: Record) -> None:
    """Escalating a fix makes its escalation, nothing retyped. Clause: 5.3.1(1)."""
    values = links.escalation_values(fix)
    book.add("escalation", values, project=fix.project, occurred=fix.occurred)


def close_fix(book: Book, escalation: Record) -> None:
    """A closed escalation closes the fix it came from."""
    _take_along(book, escalation, "resolve", "escalated")


def return_fix(book: Book, escalation: Record) -> None:
    """An escalation returned to the site reopens the fix it came from."""
    _take_along(book, escalation, "back", "escalated")


def escalate_again(book: Book, escalation: Record) -> None:
    """An escalation reported again takes its fix along."""
    _take_along(book, escalation, "again", "open", "fixed")


def reopen_fix(book: Book, escalation: Record) -> None:
    """A reopened escalation reopens the fix that was closed with it."""
    _take_along(book, escalation, "again", "closed")


def nothing_held(book: Book, record: Record, to: str) -> None:
    """What an undecided concession holds is brought no further, by whatever way.

    Asked of moves, imports and decisions over conflicts. What others did without knowing of the
    concession stays in the history, and shows as held (`models.records.problems.concession_hold`).
    Clause: 5.3.1(3).
    """
    barred = concession_hold.barring(book.store, record, to)
    if barred is not None:
        raise barred


def concession_given(book: Book, values: Mapping[str, Any], project: str | None) -> dict[str, Any]:
    """What a new concession holds: what it names in its project, else the next ones noted down."""
    named = {name: values[name] for name in concession_hold.PASSED if values.get(name)}
    for name, id in named.items():
        found = book.find(str(id))
        if found is None or (found.type, found.project) != (name, project) or found.void:
            raise Refused(NOT_OF_PROJECT, id=found.number if found else id)
        if found.state == concession_hold.PASSED[name][-1]:
            raise Refused(PASSED_ALREADY, number=found.number, name=found.title())
    if named:
        return {}
    return {
        f"next_{type}": concession_hold.next_of(book.store, type, project)
        for type in concession_hold.PASSED
    }


def experience_given(book: Book, values: Mapping[str, Any], project: str | None) -> dict[str, Any]:  # noqa: ARG001
    """What an experience takes over from its report, without names."""
    return anonymisation.given(book, values)


def experience_nameless(book: Book, values: Mapping[str, Any], record: Record | None) -> None:
    """No name stands in what an experience says. Clause: 5.3.1(2)."""
    known = record.values() if record is not None else {}
    anonymisation.nameless(book, {**known, **values})


def decided_by_move(book: Book, concession: Record) -> None:
    """A concession that was here before is decided by its moves, not by a file."""
    if not book.is_new(concession):
        raise Refused(DECIDE_BY_MOVE, number=concession.number)


def withdrawn_first(book: Book, concession: Record) -> None:  # noqa: ARG001
    """An undecided concession is withdrawn, not voided."""
    if concession.state in UNDECIDED:
        raise Refused(WITHDRAW, number=concession.number)


def proven(book: Book, record: Record, move: Move, values: Mapping[str, Any]) -> None:
    """What somebody outside decided is recorded with a file that lies with the very record."""
    for name, what in move.fills.items():
        if what == "attached":
            id = values.get(name)
            file = book.find(str(id)) if id else None
            about = getattr(file, "about", None) if file is not None and not file.void else None
            if about != record.id:
                raise Refused(NO_EVIDENCE, number=record.number)


def experience_there(book: Book, report: Record) -> None:
    """A report is kept as experience once a person has seen what is published of it."""
    if links.experience_of(book.store, report.id) is None:
        raise Refused(NO_EXPERIENCE, number=report.number)


def report_kept(book: Book, experience: Record) -> None:
    """A report whose experience was published is kept. Clause: 5.3.1(2)."""
    source = getattr(experience, "source", None)
    if source:
        book.move(source, "publish")


def report_covers(book: Book, report: Record) -> None:
    """A weekly report is issued with the entries as they stand. Clause: 5.3.1(2)."""
    from models.records.weekly import supplements
    from models.records.weekly.weekly_report import WeeklyReport

    assert isinstance(report, WeeklyReport)
    supplements.cover(book, report)


def report_supplement(book: Book, weekly: Record) -> None:
    """An entry accepted after its report was issued is added there, marked. Clause: 5.3.1(2)."""
    from models.records.weekly import supplements
    from models.records.weekly.weekly_entry import Weekly

    assert isinstance(weekly, Weekly)
    supplements.add_later(book, weekly)


def calendar_reads(book: Book, year: Record) -> None:  # noqa: ARG001
    """A working calendar is put to use once it can be read."""
    from models.records.registers import calendar_years

    calendar_years.may_be_used(year)


def delegation_fits(book: Book, delegation: Record) -> None:
    """Decisions are delegated to who holds the role already: a record gives no power."""
    from models.records.registers import delegations

    delegations.may_be_given(book, delegation)


def _take_along(book: Book, escalation: Record, move: str, *states: str) -> None:
    """Make a move of the fix that an escalation came from, if it stands in one of these states."""
    id = getattr(escalation, "fix", None)
    fix = book.find(id) if id else None
    if fix is not None and fix.state in states:
        book.move(fix.id, move, by_rule=True)


Given = Callable[["Book", Mapping[str, Any], str | None], dict[str, Any]]
Written = Callable[["Book", Mapping[str, Any], Record | None], None]
Rule = Callable[["Book", Record], None]

GIVEN: dict[str, Given] = {"concession": concession_given, "experience": experience_given}
BEFORE_WRITE: dict[str, Written] = {"answer": skipped_says_why, "experience": experience_nameless}
"""Asked of new records (then there is no record) and of edits."""
AFTER_ADD: dict[str, Rule] = {
    **dict.fromkeys(("customer", "site", "equipment"), confirm_own),
    "experience": report_kept,
}
BEFORE_MOVE: dict[tuple[str, str], Rule] = {
    ("problem_report", "publish"): experience_there,
    ("sheet", "submit"): sheet_complete,
    ("weekly", "submit"): week_taken_in,
    ("weekly_report", "issue"): report_covers,
}
AFTER_MOVE: dict[tuple[str, str], Rule] = {
    ("fix", "escalate"): escalation_from_fix,
    ("escalation", "close"): close_fix,
    ("escalation", "return"): return_fix,
    ("escalation", "resubmit"): escalate_again,
    ("escalation", "reopen"): reopen_fix,
    ("weekly", "accept"): report_supplement,
    ("calendar_year", "use"): calendar_reads,
    ("delegation", "give"): delegation_fits,
}
BEFORE_IMPORT: dict[str, Rule] = {"concession": decided_by_move}
BEFORE_VOID: dict[str, Rule] = {"concession": withdrawn_first}

FOLLOWS: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {
    ("fix", "resolve"): (("escalation", "close"),),
    ("fix", "back"): (("escalation", "return"),),
    ("fix", "again"): (("escalation", "resubmit"), ("escalation", "reopen")),
}
"""A hidden move -> the moves of a linked record that bring it about, in their transaction."""


def given(
    book: Book, cls: type[Record], values: Mapping[str, Any], project: str | None
) -> dict[str, Any]:
    """What the program itself gives a new record, or why there can be none."""
    rule = GIVEN.get(cls.kind.name)
    return rule(book, values, project) if rule is not None else {}


def before_add(book: Book, cls: type[Record], values: Mapping[str, Any]) -> None:
    """Rules that may refuse a new record."""
    parent_open(book, cls.kind.name, values)
    _written(book, cls.kind.name, values, None)


def after_add(book: Book, record: Record) -> bool:
    """What follows from a new record, in the same transaction; whether anything did."""
    return _followed(AFTER_ADD.get(record.type), book, record)


def before_edit(book: Book, record: Record, values: Mapping[str, Any]) -> None:
    """Rules that may refuse an edit."""
    parent_open(book, record.type, record.values())
    _written(book, record.type, values, record)


def before_move(book: Book, record: Record, move: Move) -> bool:
    """Rules that may refuse a move; whether any did something, be it to the very record."""
    nothing_held(book, record, move.to)
    return _followed(BEFORE_MOVE.get((record.type, move.id)), book, record)


def before_import(book: Book, record: Record, state: str) -> None:
    """Rules that may refuse the state that a file gives a record."""
    nothing_held(book, record, state)
    _followed(BEFORE_IMPORT.get(record.type), book, record)


def before_void(book: Book, record: Record) -> None:
    """Rules that may refuse taking a record out of use."""
    kept = concession_hold.keeping(book.store, record)
    if kept is not None and not book.is_new(record):
        raise kept
    _followed(BEFORE_VOID.get(record.type), book, record)


def after_move(book: Book, record: Record, move: Move) -> None:
    """What follows from a move, in the same transaction."""
    _followed(AFTER_MOVE.get((record.type, move.id)), book, record)


def _written(book: Book, type: str, values: Mapping[str, Any], record: Record | None) -> None:
    rule = BEFORE_WRITE.get(type)
    if rule is not None:
        rule(book, values, record)


def _followed(rule: Rule | None, book: Book, record: Record) -> bool:
    """Follow a rule, if there is one."""
    if rule is not None:
        rule(book, record)
    return rule is not None
