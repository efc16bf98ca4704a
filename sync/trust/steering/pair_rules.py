"""Pair rules: what two administrators must sign once the organisation asks for it. Pure.

It is what gives or takes the power over the log: administrators, their devices, the hub, the
recovery key, and this rule. One asks, and nothing happens; a second confirms, and it is done. While
no administrator is left who could confirm, one signature is enough, and the log goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from models.text.words import Refused, W
from sync.trust.membership_entry import EntryStatement
from sync.trust.roster import Roster
from sync.trust.steering.steering import RECOVERY, PendingRequest

TWO = W(
    "这需要两位管理员签名。请先提出请求，再由另一位管理员确认：sitebook member confirm。",
    "This needs the signatures of two administrators. Ask for it first; another administrator"
    " confirms it: sitebook member confirm.",
)
FEW = W(
    "要求两位管理员签名，须有三位带电脑的管理员；或有两位，并已生成恢复密钥。",
    "To ask for two signatures there must be three administrators with devices, or two and a"
    " recovery key.",
)
NO_REQUEST = W(
    "没有第 {n} 号请求，或已经办理、撤回、失效。见 sitebook member requests。",
    "There is no request {n}, or it was confirmed, dropped or is void. See sitebook member"
    " requests.",
)
ONESELF = W(
    "请求须由另一位管理员确认，不能是提出请求的人，也不能是它所涉及的人；也可以用恢复密钥。",
    "A request is confirmed by an administrator who neither made it nor is its subject, or with"
    " the recovery key.",
)
NOT_YOURS = W(
    "请求只能由提出它的管理员撤回。",
    "A request is dropped by the administrator who made it.",
)
ALONE = W(
    "这不需要两位管理员签名，请直接办理。",
    "This does not need two signatures. Do it directly.",
)

Subject = Callable[[Roster, Mapping[str, Any]], str]


def _person(_roster: Roster, body: Mapping[str, Any]) -> str:
    return str(body["person"])


def _owner(roster: Roster, body: Mapping[str, Any]) -> str:
    return roster.person_of(body["device"]) or ""


def _nobody(_roster: Roster, _body: Mapping[str, Any]) -> str:
    return ""


ALWAYS: Mapping[str, Subject] = {
    "admin": _person,
    "two": _nobody,
    "recovery": _nobody,
    "hub": _nobody,
}
"""Kind -> whom it is about."""
OF_ADMINISTRATORS: Mapping[str, Subject] = {
    "active": _person,
    "revoke": _owner,
    "device": _person,
    "invite": _person,
}
"""The same, of the kinds that need two only where that is an administrator."""
ADMITTING = ("device", "invite")
"""Kinds by which administrators may act for themselves."""


def subject(roster: Roster, kind: str, body: Mapping[str, Any], asker: str) -> str | None:
    """Whom it is about that two must sign for ('': no person); None where one is enough anyway."""
    if kind in ALWAYS:
        return ALWAYS[kind](roster, body)
    if kind not in OF_ADMINISTRATORS:
        return None
    person = OF_ADMINISTRATORS[kind](roster, body)
    if not roster.holds(("admin", person), roster.version):
        return None
    return None if person == asker and kind in ADMITTING else person


def needs_two(roster: Roster, said: EntryStatement) -> bool:
    """Whether an entry must be asked for and confirmed, as the log stands before it."""
    if not roster.steering.pair or said.by == RECOVERY:
        return False
    asker = roster.person_of(said.by) or ""
    about = subject(roster, said.kind, said.body, asker)
    if about is None:
        return False
    others = roster.able() - {asker}
    return bool(others - {about}) or (bool(others) and roster.steering.recovery is not None)


def turn(roster: Roster, said: EntryStatement) -> None:
    """Two must sign from now on, or one is enough again."""
    able = len(roster.able())
    enough = able >= 3 or (able == 2 and roster.steering.recovery is not None)
    if said.body["on"] and not enough:
        raise Refused(FEW)
    roster.steering = roster.steering._replace(pair=said.body["on"])


def ask(roster: Roster, said: EntryStatement) -> None:
    """Keep what is asked for; the caller has looked at its form."""
    inner = said._replace(kind=said.body["kind"], body=said.body["body"])
    if not needs_two(roster, inner):
        raise Refused(ALONE)
    one = PendingRequest(said.n, said.by, inner.kind, inner.body)
    steering = roster.steering
    roster.steering = steering._replace(requests={**steering.requests, one.n: one})


def confirmed(roster: Roster, said: EntryStatement) -> EntryStatement:
    """What was asked for, in the name of who asked; it is decided by this.

    Raises `Refused` unless somebody else confirms it who may, and who asked still could.
    """
    one = standing(roster, said.body["n"])
    asker = roster.person_of(one.by) or ""
    by = roster.person_of(said.by) or ""
    about = subject(roster, one.kind, one.body, asker)
    if said.by != RECOVERY and by in (asker, about):
        raise Refused(ONESELF)
    roster.steering = roster.steering.decided(one.n)
    return EntryStatement(said.v, said.n, said.prev, one.kind, one.by, dict(one.body))


def agreeing(roster: Roster, one: PendingRequest) -> set[str]:
    """The administrators who may confirm a request, and have a device to do it on."""
    asker = roster.person_of(one.by) or ""
    return roster.able() - {asker, subject(roster, one.kind, one.body, asker)}


def drop(roster: Roster, said: EntryStatement) -> None:
    """Who asked thinks better of it."""
    one = roster.steering.requests.get(said.body["n"])
    if one is None:
        raise Refused(NO_REQUEST, n=said.body["n"])
    if roster.person_of(one.by) != roster.person_of(said.by):
        raise Refused(NOT_YOURS)
    roster.steering = roster.steering.decided(one.n)


def every(roster: Roster) -> list[PendingRequest]:
    """The requests that wait and still count, in order."""
    able = {one.id for one in roster.steering_devices()}
    return [one for n, one in sorted(roster.steering.requests.items()) if one.by in able]


def standing(roster: Roster, n: int) -> PendingRequest:
    """A request that still counts: its device works and is an administrator's."""
    found = next((one for one in every(roster) if one.n == n), None)
    if found is None:
        raise Refused(NO_REQUEST, n=n)
    return found
