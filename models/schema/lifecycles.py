"""Lifecycles that several record types share: states and moves, with the fields that they need.

A type calls one of the functions, joins the results with `+`, and changes single states and moves
with `state`, `move` and `add`. What is not given keeps the value that most types have.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from peewee import IntegerField, TextField

from models.schema.fields import choice, day, line, link, moment, person
from models.schema.lifecycle import Life, Move, State, with_reason
from models.schema.roles import AUTHOR, EVERYONE, LEADS, PROJECT_MANAGER, Roles
from models.text.words import W

RETURNED = State("returned", W("已退回", "returned"), tone="bad", returned=True, waits=(AUTHOR,))
HELD = State("held", W("挂起", "held"), tone="warn", derived=True)
"""The state that is shown while something holds the record; no move leads to it."""


def register(by: Roles = LEADS) -> Life:
    """Master data: everyone may propose a record offline; these roles confirm and retire it."""
    return Life(
        (
            State("proposed", W("待确认", "proposed"), tone="warn", waits=by),
            State("confirmed", W("已确认", "confirmed"), tone="good"),
            State("retired", W("已停用", "retired"), ended=True),
        ),
        (
            Move(
                id="confirm",
                label=W("确认", "Confirm"),
                from_=("proposed",),
                to="confirmed",
                who=by,
            ),
            with_reason(
                "retire", W("停用", "Retire"), ("proposed", "confirmed"), "retired", by, asks=()
            ),
            Move(
                id="restore",
                label=W("恢复使用", "Reactivate"),
                from_=("retired",),
                to="confirmed",
                who=by,
            ),
        ),
    )


DRAFT = State("draft", W("草稿", "draft"), tone="busy", waits=(AUTHOR,))
SUBMITTED = State("submitted", W("已提交", "submitted"), tone="good")
ACCEPTED = State("accepted", W("已接受", "accepted"), tone="good", frozen=True, ended=True)
_TAKE_BACK = {"take_back": W("撤回修改", "Take back"), "reopen": W("重新打开", "Reopen")}


def review(
    by: Roles,
    *,
    writers: Roles = EVERYONE,
    draft: State = DRAFT,
    submitted: State = SUBMITTED,
    accepted: State = ACCEPTED,
    accept: str = "accept",
    take_back: str = "take_back",
    needs: tuple[str, ...] = (),
    four_eyes: bool = True,
) -> Life:
    """A draft is submitted by `writers`, then accepted or returned by the roles `by`.

    What is submitted waits for `by`, and can be edited again after the move `take_back`.
    `needs` are the fields that submitting requires. With `four_eyes` the person who submitted
    does not accept.
    """
    submitted = submitted.but(reopen=take_back, waits=by)
    return Life(
        (draft, RETURNED, submitted, accepted),
        (
            Move(
                id="submit",
                label=W("提交", "Submit"),
                from_=(draft.name, RETURNED.name),
                to=submitted.name,
                who=writers,
                needs=needs,
                binds=True,
            ),
            Move(
                id=take_back,
                label=_TAKE_BACK[take_back],
                from_=(submitted.name,),
                to=draft.name,
                who=writers,
            ),
            Move(
                id=accept,
                label=W("接受", "Accept"),
                from_=(submitted.name,),
                to=accepted.name,
                who=by,
                four_eyes=four_eyes,
            ),
            with_reason("return", W("退回", "Return"), (submitted.name,), RETURNED.name, by),
        ),
    )


DECISION = ("decided_by", "decided_on", "decision_channel", "evidence")
"""The fields that record what the customer decided; `evidence` is an attachment."""
_CHANNELS = (
    ("letter", "书面回函", "letter"),
    ("signed", "签字盖章的文件", "signed document"),
    ("mail", "邮件", "e-mail"),
    ("minutes", "会议纪要", "minutes of a meeting"),
    ("other", "其他", "other"),
)


def customer_decision(
    from_: tuple[str, ...],
    *,
    by: Roles = LEADS,
    waits: Roles = (AUTHOR, PROJECT_MANAGER),
    needs: tuple[str, ...] = (),
    conditions: bool = True,
) -> Life:
    """A record is sent to the customer, whose decision a member records with its evidence.

    Fields of the type: `sent_fields`, `decision_fields`, `evidence_fields`, and `conditions`
    unless conditions are not possible. `needs` are the fields that sending requires.
    """
    states = [
        State("sent", W("待客户决定", "sent"), tone="warn", frozen=True, waits=waits),
        State(
            "refused",
            W("客户未批准", "refused"),
            tone="bad",
            frozen=True,
            returned=True,
            waits=waits,
        ),
        State("conditional", W("附条件批准", "conditional"), tone="good", frozen=True, waits=waits),
        State("approved", W("已批准", "approved"), tone="good", frozen=True, waits=waits),
    ]
    moves = [
        Move(
            id="send",
            label=W("登记已提交", "Sent to the customer"),
            from_=from_,
            to="sent",
            who=by,
            needs=needs,
            asks=(*needs, "comment"),
            fills={"sent_at": "now", "sent_by": "me"},
        ),
        _decide("approve", W("批准", "approved"), "approved", by),
        _decide(
            "approve_with_conditions",
            W("附条件批准", "with conditions"),
            "conditional",
            by,
            needs=(*DECISION, "conditions"),
            asks=("conditions", *DECISION, "comment"),
        ),
        _decide("refuse", W("不批准", "refused"), "refused", by),
    ]
    if not conditions:
        del states[2], moves[2]
    return Life(tuple(states), tuple(moves))


def _decide(id: str, label: W, to: str, by: Roles, **more: Any) -> Move:
    """The move that records a decision of the customer."""
    fields = {"needs": DECISION, "asks": (*DECISION, "comment"), **more}
    return Move(
        id=id,
        label=W(f"登记客户决定：{label.zh}", f"Record the decision: {label.en}"),
        from_=("sent",),
        to=to,
        who=by,
        fills={"evidence": "attached", "witness": "me"},
        **fields,
    )


TextValue: TypeAlias = "TextField[str | None]"
MomentValue: TypeAlias = "IntegerField[int | None]"


def sent_fields() -> tuple[MomentValue, TextValue]:
    """`sent_at`, `sent_by`: when the record was sent to the customer, and by whom."""
    return (
        moment("提交时间", "Sent at", by_move=True, computed=True),
        person("提交人", "Sent by", by_move=True, computed=True),
    )


def decision_fields() -> tuple[TextValue, TextValue, TextValue]:
    """`decided_by`, `decided_on`, `decision_channel`: who decided, when, and by which way."""
    return (
        line("决定人（客户方）", "Decided by", by_move=True),
        day("决定日期", "Decided on", by_move=True),
        choice("决定方式", "Decision given by", _CHANNELS, by_move=True),
    )


def evidence_fields() -> tuple[TextValue, TextValue]:
    """`evidence`, `witness`: the customer's decision as a file, and the member who recorded it."""
    hint = W("先把客户的书面决定附在这条记录上", "attach the customer's decision to it first")
    return (
        link("决定凭据", "Evidence", "attachment", by_move=True, hint=hint),
        person("见证登记人", "Witnessed by", by_move=True, computed=True),
    )


FIXED = State("fixed", W("待验证", "to verify"), tone="warn", waits=(AUTHOR,))
VERIFIED = State("verified", W("已验证", "verified"), tone="good", waits=(AUTHOR,))
CLOSED = State("closed", W("已关闭", "closed"), ended=True, frozen=True)
_VERDICTS = (("conforms", "符合要求", "conforms"), ("fails", "不符合", "does not conform"))


def verification(
    from_: tuple[str, ...],
    back: str,
    *,
    by: Roles = EVERYONE,
    fixed: State = FIXED,
    needs: tuple[str, ...] = (),
    asks: tuple[str, ...] = (),
    fields: tuple[str, str] = ("fixed_at", "fixed_by"),
) -> Life:
    """Work is reported as done, verified by the roles `by`, then closed; a failure leads `back`.

    Fields of the type: the two of `fields`, which hold when and by whom the work was done, and
    those of `verification_fields`. `needs` and `asks` are the fields that the report of the work
    requires and offers.
    """
    at, worker = fields
    return Life(
        (fixed, VERIFIED, CLOSED),
        (
            Move(
                id="fix",
                label=W("处理完成", "Mark fixed"),
                from_=from_,
                to=fixed.name,
                needs=needs,
                asks=asks,
                fills={at: "now?", worker: "me?"},
            ),
            Move(
                id="verify",
                label=W("验证：符合", "Verify: OK"),
                from_=(fixed.name,),
                to=VERIFIED.name,
                who=by,
                asks=("verify_method",),
                fills=_verdict("conforms"),
            ),
            with_reason(
                "fail",
                W("验证：不符合", "Verify: not OK"),
                (fixed.name,),
                back,
                by,
                asks=("verify_method", "comment"),
                fills=_verdict("fails"),
            ),
            Move(
                id="close",
                label=W("关闭", "Close"),
                from_=(VERIFIED.name,),
                to=CLOSED.name,
                asks=("comment",),
            ),
            with_reason("reopen", W("重新打开", "Reopen"), (VERIFIED.name, CLOSED.name), back),
        ),
    )


def _verdict(result: str) -> dict[str, str]:
    """The fields that a verification fills."""
    return {"verify_result": f"={result}", "verified_at": "now", "verified_by": "me"}


def verification_fields() -> tuple[TextValue, TextValue, MomentValue, TextValue]:
    """`verify_method`, `verify_result`, `verified_at`, `verified_by`: set by moves only."""
    return (
        line("验证方法", "Verification method", by_move=True),
        choice("验证结果", "Verification", _VERDICTS, by_move=True, computed=True),
        moment("验证时间", "Verified at", by_move=True, computed=True),
        person("验证人", "Verified by", by_move=True, computed=True),
    )
