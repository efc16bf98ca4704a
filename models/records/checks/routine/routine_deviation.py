"""Deviations of a routine check: each assessed by the project manager."""

from __future__ import annotations

from models.schema.fields import line, link, prose
from models.schema.kind import Kind
from models.schema.lifecycle import Move, State, Tone
from models.schema.record import Record
from models.schema.roles import PROJECT_MANAGER
from models.text.words import W

_MANAGER = (PROJECT_MANAGER,)
_WORDS = {
    "none": W("无偏差", "none"),
    "minor": W("轻微", "minor"),
    "major": W("重大", "major"),
}
_TONES: dict[str, Tone] = {"none": "good", "minor": "warn", "major": "bad"}


def _assess(name: str, needs: tuple[str, ...]) -> Move:
    label = W(f"判为{_WORDS[name].zh}", f"Assess: {_WORDS[name].en}")
    others = tuple(state for state in ("open", *_WORDS) if state != name)
    return Move(
        id=name, label=label, from_=others, to=name, who=_MANAGER, needs=needs, asks=("reason",)
    )


class RoutineDeviation(Record):
    """Something that was not done as planned. Clause: 5.1.1.

    The program adds one for each kind of work that was late or not done; others are added by hand.
    """

    kind = Kind(
        name="routine_deviation",
        label=W("偏差", "Deviation"),
        code="RD",
        row="Q-511",
        clause="5.1.1",
        states=(
            State("open", W("待判定", "to assess"), tone="warn"),
            # The worst one is shown while two people disagree.
            *(State(name, _WORDS[name], tone=_TONES[name]) for name in reversed(_WORDS)),
        ),
        moves=(
            _assess("none", ("subject",)),
            _assess("minor", ("subject", "reason")),
            _assess("major", ("subject", "reason")),
        ),
        title="subject",
        columns=("subject", "found", "reason"),
        key=("check", "code"),
        parent="check",
        writers=_MANAGER,
        menu=0,
    )

    check = link("常规质量检查", "Routine check", "routine_check", required=True, at_birth=True)
    code = line("项目代号", "Code", internal=True, at_birth=True, computed=True, required=True)
    subject = line("事项", "Subject")
    found = prose("与计划的差别", "Against the plan")
    about = link("所涉记录", "Record", "")
    reason = prose("原因", "Reason")
