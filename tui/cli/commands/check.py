"""`check`: whether everything is as it was written and signed; each fault in a sentence."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from models.search.documents import everything
from models.search.index_check import compare_and_rebuild
from models.storage import backup, disk_encryption, integrity, store
from models.storage.integrity import IntegrityFinding, IntegrityNote
from models.text.version import line
from models.text.words import Refused, W, say
from sync.apply.reevaluation import consistency
from sync.workspace import file_modes
from tui.cli.command_context import CommandContext, pass_desk
from tui.cli.options import command, json_option
from tui.cli.streams import output
from tui.display.views import clock_text

if TYPE_CHECKING:
    from sync.workspace.workspace import Workspace

FAULT = W("问题", "PROBLEM")
NOTE = W("提示", "note")
SOUND = W("完好。", "No problems found.")
FAULTS = W(
    "发现 {count} 个问题。数据损坏时可用 sitebook restore 恢复备份。",
    "Problems found: {count}. If data is damaged, sitebook restore brings back a backup.",
)
SEARCH = W(
    "搜索索引有 {count} 处与记录不符，已修复",
    "The search index differed from the records ({count}) and was repaired",
)
NO_SEARCH = W(
    "搜索索引没有检查。{why}",
    "The search index was not checked. {why}",
)
NO_BACKUP = W(
    "还没有备份。请运行 sitebook backup。", "There is no backup yet. Run sitebook backup."
)
OLD_BACKUP = W("最近的备份已有 {days} 天。", "The newest backup is {days} days old.")
OPEN_DISK = W(
    "磁盘没有加密：电脑丢失时他人可读取记录。请开启系统的磁盘加密。",
    "The disk is not encrypted: anyone who finds the laptop can read the records. Turn on"
    " disk encryption.",
)
OPEN_HOME = W(
    "本机其他用户可以读取文件夹 {path}。请改权限（chmod 700），或移到支持权限的磁盘。",
    "Other users of this computer can read the folder {path}. Change its mode (chmod 700) or"
    " move it to a disk that has modes.",
)
CLOSED_HOME = W(
    "文件夹 {path} 原来对本机其他用户开放；现在只有您能读取。",
    "The folder {path} was open to other users of this computer; now only you can read it.",
)
OLD_DAYS = 7
DISK = {
    True: W("已加密", "encrypted"),
    False: W("未加密", "not encrypted"),
    None: W("不明", "unknown"),
}
CLOCK = W("{said}", "{said}")
VERSIONS = W("版本：{sitebook}，SQLite {sqlite}", "Versions: {sitebook}, SQLite {sqlite}")
DISK_IS = W("磁盘：{disk}", "Disk: {disk}")


@command(
    "check",
    W(
        "检查数据库、校验值、改动记录、签名、附件和搜索索引，并报告磁盘加密和版本。",
        "Check the database, checksums, change log, signatures, files and search index."
        " Report disk encryption and versions.",
    ),
)
@json_option
@pass_desk
def check(desk: CommandContext, as_json: bool) -> int:
    """Everything that can be checked on this device."""
    faults: list[str] = []
    notes: list[str] = []
    was_open = file_modes.exposed(desk.home)
    with desk.open() as workspace:
        for one in findings(workspace, was_open):
            (faults if one.bad else notes).append(str(one))
            if not as_json:
                output.put(f"{FAULT if one.bad else NOTE}  {one}")
        facts = _facts(workspace)
    if as_json:
        output.emit({"ok": not faults, "faults": faults, "notes": notes, **facts})
        return 1 if faults else 0
    output.put(say(VERSIONS, **facts))
    output.put(say(DISK_IS, disk=DISK[facts["encrypted"]]))
    if faults:
        output.complain(say(FAULTS, count=len(faults)))
        return 1
    output.put(str(SOUND))
    return 0


def findings(workspace: Workspace, was_open: bool = False) -> Iterator[IntegrityFinding]:
    """Faults and notes, the gravest first; what rests on a broken file is not looked at.

    `was_open`: others could enter the book's folder before it was opened just now.
    """
    run = _reader(workspace)
    broken = list(integrity.structure(run))
    yield from broken
    if broken:
        return
    yield from integrity.several(integrity.content(run))
    yield from integrity.loose(run)
    yield from consistency.everything(workspace)
    yield from integrity.several(integrity.attached(run, workspace.home))
    yield from integrity.several(integrity.links(run))
    yield from integrity.several(integrity.odd(run))
    yield from _search(workspace)
    yield from _modes(workspace, was_open)
    yield from _around(workspace)


def _reader(workspace: Workspace) -> Callable[[str, Sequence[Any]], list[tuple[Any, ...]]]:
    return lambda sql, params: workspace.store.rows(sql, params)


def _search(workspace: Workspace) -> Iterator[IntegrityFinding]:
    try:
        found = compare_and_rebuild(workspace.search, everything(workspace.store))
    except Refused as refused:
        if refused.word not in (store.ONLY_READ, store.FULL):
            raise
        yield IntegrityNote(NO_SEARCH, why=refused)
        return
    if not found.sound:
        yield IntegrityNote(SEARCH, count=max(found.wrong + found.extra, 1))


def _modes(workspace: Workspace, was_open: bool) -> Iterator[IntegrityFinding]:
    if file_modes.exposed(workspace.home):
        yield IntegrityFinding(OPEN_HOME, path=workspace.home)
    elif was_open:
        yield IntegrityNote(CLOSED_HOME, path=workspace.home)


def _around(workspace: Workspace) -> Iterator[IntegrityFinding]:
    for said in clock_text.sentences(workspace):
        yield IntegrityNote(CLOCK, said=said)
    age = backup.age(workspace.home / backup.FOLDER, datetime.now(UTC), workspace.settings.zone)
    if age is None:
        yield IntegrityNote(NO_BACKUP)
    elif age.days > OLD_DAYS:
        yield IntegrityNote(OLD_BACKUP, days=age.days)
    if disk_encryption.encrypted(workspace.home) is False:
        yield IntegrityNote(OPEN_DISK)


def _facts(workspace: Workspace) -> dict[str, Any]:
    encrypted = disk_encryption.encrypted(workspace.home)
    return {"sitebook": line(), "sqlite": sqlite3.sqlite_version, "encrypted": encrypted}
