"""`member history`: the membership log line by line: who signed what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from models.schema.roles import ROLES
from models.text.words import W, say
from sync.log import membership_store
from sync.trust import membership_entry
from sync.trust.steering.steering import RECOVERY
from tui.cli.command_context import CommandContext, pass_desk
from tui.cli.commands.member import place_text
from tui.cli.options import command, json_option, option
from tui.cli.streams import output
from tui.display.views.steering_text import asked_text

if TYPE_CHECKING:
    from sync.trust.membership import Membership
    from sync.trust.membership_entry import EntryStatement
    from sync.workspace.workspace import Workspace

LINE = W("{n}  {by}  {what}", "{n}  {by}  {what}")
PAPER = W("恢复密钥", "recovery key")
FOUND = W("建立组织“{name}”", "began the organisation “{name}”")
PERSON = W("添加成员 {name}", "added {name}")
RENAME = W("改名为 {name}", "renamed it to {name}")
LEFT, BACK = W("登记 {name} 已离开", "{name} has left"), W("登记 {name} 已回来", "{name} is back")
DEVICE = W("接入 {name} 的电脑 {tag}", "admitted the device {tag} of {name}")
GAVE = W("授予 {name} {role}（{where}）", "made {name} {role} ({where})")
TOOK = W("收回 {name} 的{role}（{where}）", "{name} is no longer {role} ({where})")
SEAT = W("设 {name} 为管理员", "made {name} an administrator")
UNSEAT = W("取消 {name} 的管理员身份", "{name} is no longer an administrator")
STOP = W("停用 {name} 的电脑 {tag}", "stopped the device {tag} of {name}")
LEVEL = W("规则升到第 {level} 级", "raised the rules to level {level}")
HUB = W("由同步服务器的电脑 {tag} 登记成员", "the hub's device {tag} keeps the members")
INVITE = W("发邀请码给 {name}", "invited {name}")
ANYBODY = W("任何人", "anybody")
WITHDRAW = W("作废一个邀请码", "made a code void")
JOIN = W("{name} 用邀请码接入电脑 {tag}", "{name} came with a code, device {tag}")
ON = W("涉及管理员的更改须有两位签名", "two must sign what concerns administrators")
OFF = W("每项更改只需一位签名", "one signature is enough")
ASK = W("请求：{what}", "asked to {what}")
CONFIRM = W("确认第 {n} 号请求", "confirmed request {n}")
DROP = W("撤回第 {n} 号请求", "dropped request {n}")
KEY = W("设定恢复密钥", "set a recovery key")
RECOVER = W("{name} 成为管理员", "{name} became an administrator")
NEWER = W("更新的程序才认识的条目", "an entry that only a newer program knows")
WORDS: Mapping[str, W] = {
    "found": FOUND,
    "person": PERSON,
    "rename": RENAME,
    "device": DEVICE,
    "revoke": STOP,
    "level": LEVEL,
    "hub": HUB,
    "invite": INVITE,
    "withdraw": WITHDRAW,
    "join": JOIN,
    "confirm": CONFIRM,
    "drop": DROP,
    "recovery": KEY,
    "recover": RECOVER,
}
SWITCHED: Mapping[str, tuple[str, W, W]] = {
    "active": ("active", BACK, LEFT),
    "role": ("grant", GAVE, TOOK),
    "admin": ("grant", SEAT, UNSEAT),
    "two": ("on", ON, OFF),
}
"""Kind -> the field that says yes or no, and the words for both."""


@command(
    "history",
    W(
        "逐条列出成员日志：谁签了什么；--after 只列其后的。",
        "List the membership log: who signed what; --after N only what came after it.",
    ),
    examples=("member history", "member history --after 17"),
)
@option("--after", metavar="N", type=int, default=0, words=W("从第 N 条之后", "after entry N"))
@json_option
@pass_desk
def history(desk: CommandContext, after: int, as_json: bool) -> None:
    """Every entry, as it was signed."""
    with desk.open() as workspace:
        log = membership_store.load(workspace.store.db)
        for entry in log.entries[max(0, after) :]:
            said = membership_entry.read(entry)
            if as_json:
                output.emit({"n": said.n, "by": said.by, "kind": said.kind, "body": said.body})
            else:
                what = _what(workspace, log, said.kind, said.body)
                output.put(say(LINE, n=said.n, by=_by(log, said), what=what))


def _by(log: Membership, said: EntryStatement) -> str:
    if said.by == RECOVERY:
        return str(PAPER)
    device = log.devices.get(said.by)
    return f"{log.people[device.person].name} ({device.tag})" if device else said.by


def _what(workspace: Workspace, log: Membership, kind: str, body: Mapping[str, Any]) -> str:
    if kind == "ask":
        return say(ASK, what=asked_text(workspace.people, str(body["kind"]), body["body"]))
    if kind in SWITCHED:
        field, yes, no = SWITCHED[kind]
        word = yes if body.get(field) else no
    else:
        word = WORDS.get(kind, NEWER)
    device = log.devices.get(str(body.get("device", "")))
    person = log.people.get(str(body.get("person") or (device.person if device else "")))
    name = body.get("name") if kind in ("found", "person", "rename") else None
    named = name or (person.name if person else body.get("name") or str(ANYBODY))
    role = str(body.get("role", ""))
    return say(
        word,
        name=named,
        tag=device.tag if device else body.get("tag", "?"),
        role=ROLES.get(role, role),
        where=place_text(workspace, str(body.get("project", "*"))),
        level=body.get("level", ""),
        n=body.get("n", ""),
    )
