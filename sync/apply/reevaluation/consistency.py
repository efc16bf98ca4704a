"""Whether a workspace still says what was written and signed, each fault in a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from peewee import DatabaseError

from models.book.book import Book
from models.book.people import EVERY
from models.book.writing.record_writer import value_of
from models.schema.record import Record, kinds
from models.schema.versions import FieldVersions, LocalDot
from models.storage import rows
from models.storage.integrity import IntegrityFinding, several
from models.text.words import Refused, W
from sync.apply.reevaluation import named_history
from sync.log import logged_changes, membership_store
from sync.log.change_log import Log
from sync.log.histories import forks
from sync.trust import device_key
from sync.workspace import differences
from sync.workspace.workspace import Workspace

PAGE = 500
MANGLED = (Refused, KeyError, TypeError, ValueError, AttributeError)
"""What a log may raise whose cells hold anything at all."""

CHAIN = W(
    "改动日志在空间 {space}、电脑 {device}、第 {seq} 条断开：{why}",
    "The change log breaks in space {space}, device {device}, at {seq}: {why}",
)
NO_CHANGE = W(
    "{type} {number} 的“{field}”在改动日志中没有来源（id {id}）",
    "“{field}” of {type} {number} comes from no change in the log (id {id})",
)
OTHER_VALUE = W(
    "{type} {number} 的“{field}”与改动日志不同（id {id}）",
    "“{field}” of {type} {number} differs from the change log (id {id})",
)
HEADS = {"state": W("状态", "State"), "void": W("作废", "Void")}
UNREADABLE = W("改动日志读不出来：{what}", "The change log cannot be read: {what}")
ROLES = W(
    "角色表与签名的成员日志不符：{what}",
    "The table of roles differs from the signed membership log: {what}",
)
TWO_HISTORIES = W(
    "电脑 {device} 有两种历史：有人在用它的副本。sitebook status 说明怎样处理。",
    "The device {device} has two histories: a copy of it is in use. sitebook status says what to"
    " do.",
)
AWAITED = W(
    "电脑 {device} 停用时认定的历史还没有收到，本机有的是另一种。请与有它的电脑同步。",
    "The history that the revocation of {device} names has not come yet; here is another one."
    " Sync with a device that has it.",
)
DIFFERS = W(
    "与 {device} 不一致：双方改动相同，记录却不同。请在两台电脑上运行 sitebook check，"
    "有错误的一台从备份恢复。",
    "Differs from {device}: both hold the same changes and show other records. Run sitebook check"
    " on both; restore a backup where it finds faults.",
)
KEY_OPEN = W(
    "这台电脑的其他用户可以读取本机密钥 {path}。请运行 chmod 600。",
    "Other users of this computer can read the device key {path}. Run chmod 600 on it.",
)
KEY_GONE = W(
    "本机密钥 device.key 不见了；下次同步前本机须重新加入。",
    "The device key device.key is missing; this device must join again before it syncs.",
)


def chains(log: Log) -> Iterator[IntegrityFinding]:
    """The hash chain of every device in every space."""
    try:
        broken = log.verify_chain()
    except (*MANGLED, DatabaseError) as error:
        yield IntegrityFinding(UNREADABLE, what=error)
        return
    if broken is not None:
        where = {"space": broken.space, "device": broken.device, "seq": broken.seq}
        yield IntegrityFinding(CHAIN, why=broken.why, **where)


def records(book: Book, log: Log) -> Iterator[IntegrityFinding]:
    """Records whose shown values are not those of the changes that they name."""
    for cls in kinds.values():
        last = ""
        while page := rows.fetch(book.store, cls, "WHERE id>? ORDER BY id LIMIT ?", (last, PAGE)):
            for record in page:
                yield from _against_log(book, log, record)
            last = page[-1].id


def membership(workspace: Workspace) -> Iterator[IntegrityFinding]:
    """Signatures of the membership log, and whether the tables made from it say the same."""
    try:
        signed = membership_store.load(workspace.store.db)
    except Refused as error:
        yield IntegrityFinding(error.word, **error.values)
        return
    sql = "SELECT person, role, project FROM role_grant"
    there = {(str(p), str(r), str(j)) for p, r, j in workspace.store.rows(sql)}
    for person, role, project in sorted(there ^ signed.grants()):
        where = "*" if project == EVERY else project
        yield IntegrityFinding(ROLES, what=f"{workspace.people.name(person)} {role} {where}")


def key(home: Path) -> Iterator[IntegrityFinding]:
    """The device's key: there, and readable by its owner alone."""
    if device_key.read(home) is None:
        yield IntegrityFinding(KEY_GONE)
    elif device_key.exposed(home):
        yield IntegrityFinding(KEY_OPEN, path=home / device_key.FILE)


def others(workspace: Workspace) -> Iterator[IntegrityFinding]:
    """Devices with two histories, and those that differ though they hold the same changes."""
    db = workspace.store.db.connection()
    for device in dict.fromkeys(one.device for one in forks.standing(db)):
        yield IntegrityFinding(TWO_HISTORIES, device=differences.named(workspace, device))
    try:
        log = membership_store.load(workspace.store.db)
    except Refused:
        return  # `membership` says so
    for space in logged_changes.spaces(db):
        for device in named_history.elsewhere(db, log, space):
            yield IntegrityFinding(AWAITED, device=differences.named(workspace, device))
    for name in differences.names(workspace):
        yield IntegrityFinding(DIFFERS, device=name)


def everything(workspace: Workspace) -> Iterator[IntegrityFinding]:
    """All of the above."""
    yield from chains(workspace.log)
    yield from several(records(workspace.book, workspace.log))
    yield from membership(workspace)
    yield from key(workspace.home)
    yield from several(others(workspace))


def _against_log(book: Book, log: Log, record: Record) -> Iterator[IntegrityFinding]:
    cls, space, dots = type(record), book.space_of(record), FieldVersions(record.dots)
    logged: dict[LocalDot, Mapping[str, object] | None] = {}
    for register in ("state", "void", *cls.registers()):
        value = value_of(cls, register, record.__data__)
        members = value.values() if isinstance(value, dict) else (value,)
        for dot in dots.standing(register, any(member is not None for member in members)):
            if dot not in logged:
                device = book.people.device_of(dot[0])
                logged[dot] = _fields(log, space, device, dot[1], record.id)
            fields = logged[dot]
            if fields is None or not _same(fields.get(register), value):
                spec = cls.specs().get(register)
                name = {"type": cls.kind.label, "number": record.number, "id": record.id}
                word = NO_CHANGE if fields is None else OTHER_VALUE
                yield IntegrityFinding(
                    word, field=spec.label if spec else HEADS.get(register, register), **name
                )


def _fields(
    log: Log, space: str, device: str, seq: int, record: str
) -> Mapping[str, object] | None:
    """What the change with this version wrote; None when it is not there, or another record's."""
    try:
        change = log.find(space, device, seq)
    except MANGLED:
        return None
    return change.fields if change.record == record else None


def _same(logged: object, held: object) -> bool:
    """Equal, where a group written by an older version lacks its newer members."""
    if isinstance(logged, dict) and isinstance(held, dict):
        return all(logged.get(name) == value for name, value in held.items())
    return logged == held and type(logged) is type(held)
