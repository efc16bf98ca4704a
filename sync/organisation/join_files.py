"""Join files: the two small files that pass between a new device and an administrator.

A request says who asks and with which key; a reply brings the membership log to exactly that
key. Both are signed, and both are whole or refused.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from models.storage.atomic_file import write_whole
from models.text.os_errors import why
from models.text.strict_json import signed_reader
from models.text.words import Refused, W
from sync.encoding.msgpack_values import packed, packed_entries, unpacked
from sync.trust.device_key import DeviceKey
from sync.trust.encryption import lock, unlock
from sync.trust.membership import Membership, replay
from sync.trust.membership_entry import MembershipEntry
from sync.trust.signature import signed

REQUEST, REPLY = "sitebook join request", "sitebook join reply"
LIMIT = 64 << 20
"""Most bytes of a reply: a membership log."""
_ASKED = b"sitebook/join/request/1\0"
_SAID = b"sitebook/join/reply/1\0"

NO_REQUEST = W(
    "{name} 不是完好的加入请求。请在新电脑上重新运行 sitebook join request。",
    "{name} is no sound request to join. Make one anew on the new device: sitebook join request.",
)
NO_REPLY = W(
    "{name} 不是完好的加入回复，没有改动任何内容。请向管理员重新要一份。",
    "{name} is no sound reply to a request; nothing was changed. Ask the administrator again.",
)
NOT_OURS = W(
    "{name} 是给另一台电脑的回复。请用本机的请求换取本机的回复。",
    "{name} is the reply to another device. Use the one to this device's own request.",
)
CANNOT_READ = W(
    "不能读取 {name}：{reason}。请检查路径。",
    "Cannot read {name}: {reason}. Check the path.",
)


class Request(NamedTuple):
    """Who asks to join."""

    device: str
    key: bytes
    name: str
    """The person's name, as they give it."""
    machine: str
    """What they call the device."""


class JoinReply(NamedTuple):
    """What an administrator's device sent back."""

    membership: Membership
    by: str
    """The name of the administrator."""
    person: str
    """Whose device this is now."""


def write_request(path: Path, key: DeviceKey, name: str, machine: str) -> Request:
    """Make the file of a request."""
    form = {"device": key.id, "key": key.public.hex(), "name": name, "machine": machine}
    _write(path, {"is": REQUEST, **form, "sig": key.sign(_ASKED + _text(form)).hex()})
    return Request(key.id, key.public, name, machine)


def read_request(path: Path) -> Request:
    """A request, its signature checked."""
    data = _read(path, NO_REQUEST, 1 << 16)
    try:
        form = {name: str(data[name]) for name in ("device", "key", "name", "machine")}
        key, signature = bytes.fromhex(form["key"]), bytes.fromhex(data["sig"])
    except (KeyError, TypeError, ValueError):
        raise Refused(NO_REQUEST, name=path.name) from None
    if data.get("is") != REQUEST or not signed(key, _ASKED + _text(form), signature):
        raise Refused(NO_REQUEST, name=path.name)
    return Request(form["device"], key, form["name"], form["machine"])


def write_reply(path: Path, key: DeviceKey, asked: Request, log: Membership) -> None:
    """Make the file of a reply: the whole membership log, for this device only."""
    inner = packed_entries(log.entries)
    signature = key.sign(_SAID + asked.key + inner)
    box = lock(packed([key.public, signature, inner]), [asked.key])
    _write(path, {"is": REPLY, "device": asked.device, "box": base64.b64encode(box).decode()})


def read_reply(path: Path, key: DeviceKey) -> JoinReply:
    """A reply to this device: its log checked from the founding on, and who sent it."""
    data = _read(path, NO_REPLY, LIMIT)
    try:
        box = base64.b64decode(data["box"], validate=True)
        asked = str(data["device"])
    except (KeyError, TypeError, ValueError):
        raise Refused(NO_REPLY, name=path.name) from None
    opened = unlock(box, key)
    if opened is None:
        ours = asked in (key.id, *key.was)
        raise Refused(NO_REPLY if ours else NOT_OURS, name=path.name)
    return _checked(path, key, opened)


def _checked(path: Path, key: DeviceKey, opened: bytes) -> JoinReply:
    try:
        public, signature, inner = unpacked(opened)
        right = signed(public, _SAID + key.public + inner, signature)
        entries = [MembershipEntry(*row) for row in unpacked(inner)]
    except (TypeError, ValueError):
        raise Refused(NO_REPLY, name=path.name) from None
    log = replay(entries)
    sender = [one for one in log.devices.values() if one.key == public and log.is_admin(one.person)]
    admitted = [one.person for one in log.devices.values() if one.key == key.public]
    if not right or not sender or not admitted:
        raise Refused(NO_REPLY, name=path.name)
    return JoinReply(log, log.people[sender[0].person].name, admitted[-1])


def _write(path: Path, data: Mapping[str, str]) -> None:
    write_whole(path, (json.dumps(data, ensure_ascii=True, indent=1) + "\n").encode())


def _read(path: Path, broken: W, limit: int) -> Any:
    try:
        with path.open("rb") as file:
            data = _decode(file.read(limit).decode("utf-8-sig"))
    except OSError as error:
        raise Refused(CANNOT_READ, name=path.name, reason=why(error)) from error
    except (ValueError, RecursionError):
        raise Refused(broken, name=path.name) from None
    if not isinstance(data, dict):
        raise Refused(broken, name=path.name)
    return data


def _text(form: Mapping[str, str]) -> bytes:
    return json.dumps(form, ensure_ascii=True, sort_keys=True).encode()


_decode = signed_reader()
