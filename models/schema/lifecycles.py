"""States and moves that several record types share."""

from __future__ import annotations

from models.schema.record import AUTHOR, LEADS, Move, State
from models.text.words import W

PROPOSED = State("proposed", W("待确认", "proposed"), tone="warn", waits=LEADS)
CONFIRMED = State("confirmed", W("已确认", "confirmed"), tone="good")
RETIRED = State("retired", W("已停用", "retired"), ended=True)
RETURNED = State("returned", W("已退回", "returned"), tone="bad", waits=(AUTHOR,))
HELD = State("held", W("挂起", "held"), tone="warn", derived=True)
"""What an undecided concession holds; no move leads there."""

REGISTER_STATES = (PROPOSED, CONFIRMED, RETIRED)
"""Master data: anybody may propose it offline, a manager confirms it."""

REGISTER_MOVES = (
    Move(
        id="confirm",
        label=W("确认", "Confirm"),
        from_=("proposed",),
        to="confirmed",
        who=LEADS,
    ),
    Move(
        id="retire",
        label=W("停用", "Retire"),
        from_=("proposed", "confirmed"),
        to="retired",
        who=LEADS,
        requires_comment=True,
    ),
    Move(
        id="restore",
        label=W("恢复使用", "Reactivate"),
        from_=("retired",),
        to="confirmed",
        who=LEADS,
    ),
)

VERIFY = Move(
    id="verify",
    label=W("再次验证：符合", "Verified OK"),
    from_=("fixed",),
    to="verified",
    asks=("verify_method",),
    fills={"verify_result": "=conforms", "verified_at": "now", "verified_by": "me"},
)
"""A problem that was put right is verified again."""
