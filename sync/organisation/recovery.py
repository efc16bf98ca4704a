"""Recovery: the organisation's recovery key, printed once, and its use from any member's device.

Only the public half is kept, in the membership log. The text is shown where it is made and typed
where it is used; no file has it.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence

from models.text import code_letters
from models.text.words import Refused, W
from sync.apply.reevaluation import positions
from sync.log import membership_store
from sync.log.change_log import wall
from sync.organisation import administration
from sync.trust.device_key import DeviceKey
from sync.trust.membership import Membership
from sync.trust.membership_entry import heads_told
from sync.trust.steering import code_key
from sync.trust.steering.recovery_kinds import NO_KEY
from sync.workspace.workspace import Workspace

SECRET, CHECK = 20, 5
LETTERS = 40
_DOMAIN = b"sitebook/recovery/check/1\0"

MISTYPED = W(
    "恢复密钥不对：少了、多了或打错了字。请对照纸上的原文重新输入。",
    "The recovery key is not right: something is missing, too much or mistyped. Compare it with the"
    " paper and retype.",
)
NOT_THIS = W(
    "这不是现在有效的恢复密钥：它已被更换，或属于另一个组织。",
    "This is not the recovery key in force: it was replaced, or is another organisation's.",
)
NOT_MEMBER = W(
    "本机还没有加入团队，不能使用恢复密钥。请换一台成员的电脑。",
    "This device is no member's, so the recovery key cannot be used on it. Take a member's device.",
)


def make(workspace: Workspace, passphrase: str | None = None) -> str:
    """A new recovery key, as it is printed; one before it no longer counts.

    Where two administrators must sign, it counts once another one has confirmed it.
    """
    secret = secrets.token_bytes(SECRET)
    body = {"key": code_key.of_recovery(secret).public.hex()}
    administration.change(
        workspace, lambda log, key: administration.asked(log, "recovery", body, key), passphrase
    )
    return spelt(secret)


def use(
    workspace: Workspace,
    typed: str,
    instead: Sequence[str] = (),
    *,
    hub_lost: bool = False,
    passphrase: str | None = None,
) -> None:
    """This device's person becomes an administrator; those named `instead` are none any more, and
    their devices stop. With `hub_lost` no hub keeps the members any more.
    """
    me = workspace.people.me
    if me is None:
        raise Refused(NOT_MEMBER)
    recovering = checked(workspace, typed)
    body = {"person": me, "instead": sorted(instead), "hub_lost": hub_lost, "at": wall()}

    def grow(log: Membership, key: DeviceKey) -> Membership:
        log = log.append("recover", body, recovering)
        gone = [one for one in log.devices.values() if one.person in instead]
        for device in (one.id for one in gone if one.revoked is None):
            heads = positions.of_device(workspace.store.db.connection(), device)
            told = {id: heads_told(one) for id, one in heads.items()}
            log = log.append("revoke", {"device": device, "heads": told}, key)
        return log

    administration.carry_out(workspace, grow, passphrase, alone=hub_lost)


def checked(workspace: Workspace, typed: str) -> DeviceKey:
    """The key that was typed. Raises `Refused` unless it is the one in force."""
    key = read(typed)
    public = membership_store.load(workspace.store.db).steering.recovery
    if public is None:
        raise Refused(NO_KEY)
    if key.public != public:
        raise Refused(NOT_THIS)
    return key


def spelt(secret: bytes) -> str:
    """A secret as people print and type it, with a check that finds every mistyped letter."""
    return code_letters.spelt(int.from_bytes(secret + _check(secret), "big"), LETTERS)


def read(typed: str) -> DeviceKey:
    """The key again. Raises `Refused` for a mistyped one."""
    try:
        if len(code_letters.letters(typed)) != LETTERS:
            raise ValueError("of another length")
        data = code_letters.number(typed).to_bytes(SECRET + CHECK, "big")
    except ValueError:
        raise Refused(MISTYPED) from None
    secret, check = data[:SECRET], data[SECRET:]
    if _check(secret) != check:
        raise Refused(MISTYPED)
    return code_key.of_recovery(secret)


def _check(secret: bytes) -> bytes:
    return hashlib.sha256(_DOMAIN + secret).digest()[:CHECK]
