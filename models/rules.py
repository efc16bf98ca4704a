"""Rules that reach across records, each a named function; the book calls them in its transaction.

`before` rules refuse, `after` rules act. A rule is entered in one of the tables at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from models import anonymity, ask, gates, rights
from models.record import LEADS, Move, Record
from models.records.concession import UNDECIDED
from models.words import Refused, W, several

if TYPE_CHECKING:
    from models.book import Book

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
    from models.record import kinds

    kind = kinds[record_kind].kind
    parent = values.get(kind.parent) if kind.parent and not kind.add_only else None
    above = book.find(str(parent)) if parent else None
    if above is None:
        return
    refused = rights.closed_by(above)
    if above.void is not None:
        refused = Refused(rights.VOIDED, number=above.number)
    if refused is not None:
        raise refused


def skipped_says_why(values: Mapping[str, Any], record: Record | None) -> None:
    """Not applicable and not checked carry a reason (capability 60)."""
    result = values.get("result")
    reason = values.get("reason", getattr(record, "reason", None))
    if result in ("na", "unchecked") and not reason:
        from models.records.answer import Answer

        raise Refused(NEEDS_REASON, result=Answer.specs()["result"].word(result))


def sheet_complete(book: Book, sheet: Record) -> None:
    """A sheet is submitted when every item has a result. Clause: 5.1.1."""
    absent = ask.unanswered(book.store, sheet)
    if absent:
        names = several(item.text() for item in absent[:3]) + ("…" if len(absent) > 3 else "")
        raise Refused(UNANSWERED, count=len(absent), items=names)


def week_taken_in(book: Book, weekly: Record) -> None:
    """Handing in a weekly status takes its week's problems in. Clause: 5.3.1(2)."""
    from models import intake
    from models.records.weekly import Weekly

    assert isinstance(weekly, Weekly)
    intake.take_in(book, weekly)


def confirm_own(book: Book, record: Record) -> None:
    """What a manager adds to the company's registers needs no second confirmation."""
    if book.people.roles(book.me, None) & set(LEADS):
        book.move(record.id, "confirm")


def escalation_from_fix(book: Book, fix: Record) -> None:
    """Escalating a fix makes its escalation, nothing retyped. Clause: 5.3.1(1)."""
    values = ask.escalation_values(fix)
    book.add("escalation", values, project=fix.project, occurred=fix.occurred)


def close_fix(book: Book, escalation: Record) -> None:
    """A closed escalation closes the fix it came from."""
    fix = _origin(book, escalation)
    if fix is not None and fix.state == "escalated":
        book.move(fix.id, "resolve", by_rule=True)


def return_fix(book: Book, escalation: Record) -> None:
    """An escalation returned to the site reopens the fix it came from."""
    fix = _origin(book, escalation)
    if fix is not None and fix.state == "escalated":
        book.move(fix.id, "back", by_rule=True)


def escalate_again(book: Book, escalation: Record) -> None:
    """An escalation reported again takes its fix along."""
    fix = _origin(book, escalation)
    if fix is not None and fix.state in ("open", "fixed"):
        book.move(fix.id, "again", by_rule=True)


def reopen_fix(book: Book, escalation: Record) -> None:
    """A reopened escalation reopens the fix that was closed with it."""
    fix = _origin(book, escalation)
    if fix is not None and fix.state == "closed":
        book.move(fix.id, "again", by_rule=True)


def nothing_held(book: Book, record: Record, to: str) -> None:
    """What an undecided concession holds is brought no further, by whatever way.

    Asked of moves, imports and decisions over conflicts. What others did without knowing of the
    concession stays in the history, and shows as held (`models.gates`). Clause: 5.3.1(3).
    """
    barred = gates.barring(book.store, record, to)
    if barred is not None:
        raise barred


def concession_given(book: Book, values: Mapping[str, Any], project: str | None) -> dict[str, Any]:
    """What a new concession holds: what it names in its project, else the next ones noted down."""
    named = {name: values[name] for name in gates.PASSED if values.get(name)}
    for name, id in named.items():
        found = book.find(str(id))
        if found is None or (found.type, found.project) != (name, project) or found.void:
            raise Refused(NOT_OF_PROJECT, id=found.number if found else id)
        if found.state == gates.PASSED[name][-1]:
            raise Refused(PASSED_ALREADY, number=found.number, name=found.title())
    if named:
        return {}
    return {f"next_{type}": gates.next_of(book.store, type, project) for type in gates.PASSED}


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
    if ask.experience_of(book.store, report.id) is None:
        raise Refused(NO_EXPERIENCE, number=report.number)


def report_kept(book: Book, experience: Record) -> None:
    """A report whose experience was published is kept. Clause: 5.3.1(2)."""
    source = getattr(experience, "source", None)
    if source:
        book.move(source, "publish")


def report_covers(book: Book, report: Record) -> None:
    """A weekly report is issued with the entries as they stand. Clause: 5.3.1(2)."""
    from models import supplements
    from models.records.weekly_report import WeeklyReport

    assert isinstance(report, WeeklyReport)
    supplements.cover(book, report)


def report_supplement(book: Book, weekly: Record) -> None:
    """An entry accepted after its report was issued is added there, marked. Clause: 5.3.1(2)."""
    from models import supplements
    from models.records.weekly import Weekly

    assert isinstance(weekly, Weekly)
    supplements.add_later(book, weekly)


def calendar_reads(book: Book, year: Record) -> None:  # noqa: ARG001
    """A working calendar is put to use once it can be read."""
    from models import years

    years.may_be_used(year)


def delegation_fits(book: Book, delegation: Record) -> None:
    """Decisions are delegated to who holds the role already: a record gives no power."""
    from models import delegations

    delegations.may_be_given(book, delegation)


def _origin(book: Book, escalation: Record) -> Record | None:
    fix = getattr(escalation, "fix", None)
    return book.find(fix) if fix else None


After = Callable[["Book", Record], None]

AFTER_ADD: dict[str, After] = {
    **dict.fromkeys(("customer", "site", "equipment"), confirm_own),
    "experience": report_kept,
}
BEFORE_MOVE: dict[tuple[str, str], After] = {
    ("problem_report", "publish"): experience_there,
    ("sheet", "submit"): sheet_complete,
    ("weekly", "submit"): week_taken_in,
    ("weekly_report", "issue"): report_covers,
}
AFTER_MOVE: dict[tuple[str, str], After] = {
    ("fix", "escalate"): escalation_from_fix,
    ("escalation", "close"): close_fix,
    ("escalation", "return"): return_fix,
    ("escalation", "resubmit"): escalate_again,
    ("escalation", "reopen"): reopen_fix,
    ("weekly", "accept"): report_supplement,
    ("calendar_year", "use"): calendar_reads,
    ("delegation", "give"): delegation_fits,
}

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
    if cls.kind.name == "concession":
        return concession_given(book, values, project)
    if cls.kind.name == "experience":
        return anonymity.given(book, values)
    return {}


def before_add(book: Book, cls: type[Record], values: Mapping[str, Any]) -> None:
    """Rules that may refuse a new record."""
    parent_open(book, cls.kind.name, values)
    if cls.kind.name == "experience":
        anonymity.nameless(book, values)
    if cls.kind.name == "answer":
        skipped_says_why(values, None)


def after_add(book: Book, record: Record) -> bool:
    """What follows from a new record, in the same transaction; whether anything did."""
    rule = AFTER_ADD.get(record.type)
    if rule is not None:
        rule(book, record)
    return rule is not None


def before_edit(book: Book, record: Record, values: Mapping[str, Any]) -> None:
    """Rules that may refuse an edit."""
    parent_open(book, record.type, record.values())
    if record.type == "experience":
        anonymity.nameless(book, {**record.values(), **values})
    if record.type == "answer":
        skipped_says_why(values, record)


def before_move(book: Book, record: Record, move: Move) -> bool:
    """Rules that may refuse a move; whether any did something, be it to the very record."""
    nothing_held(book, record, move.to)
    rule = BEFORE_MOVE.get((record.type, move.id))
    if rule is not None:
        rule(book, record)
    return rule is not None


def before_import(book: Book, record: Record, state: str) -> None:
    """Rules that may refuse the state that a file gives a record."""
    nothing_held(book, record, state)
    if record.type == "concession" and not book.is_new(record):
        raise Refused(DECIDE_BY_MOVE, number=record.number)


def before_void(book: Book, record: Record) -> None:
    """Rules that may refuse taking a record out of use."""
    kept = gates.keeping(book.store, record)
    if kept is not None and not book.is_new(record):
        raise kept
    if record.type == "concession" and record.state in UNDECIDED:
        raise Refused(WITHDRAW, number=record.number)


def after_move(book: Book, record: Record, move: Move) -> None:
    """What follows from a move, in the same transaction."""
    rule = AFTER_MOVE.get((record.type, move.id))
    if rule is not None:
        rule(book, record)
