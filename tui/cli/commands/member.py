"""`member`: people and the roles they hold, as the signed membership log has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.book import staff
from models.book.people import is_proper
from models.schema.roles import ROLES
from models.text.words import Refused, W
from tui.cli.command_context import CommandContext, pass_desk
from tui.cli.options import command, json_option
from tui.cli.root import CommandEntry, Lazy
from tui.cli.streams import output

if TYPE_CHECKING:
    from models.book.staff import StaffMember
    from sync.workspace.workspace import Workspace

ADMINISTRATOR = W("管理员", "administrator")
GONE = W("已离开", "left")
EVERYWHERE = W("所有项目", "every project")
NO_ROLE = W("没有角色“{role}”。可用：{known}。", "There is no role “{role}”. Known: {known}.")
NAME = W(
    "姓名应为 1 到 200 个字，不含控制字符。",
    "A name must have 1 to 200 characters, without control characters.",
)

ENTRIES = {
    "list": CommandEntry(
        "tui.cli.commands.member:list_", W("成员、角色和电脑", "people, roles and devices")
    ),
    "role": CommandEntry(
        "tui.cli.commands.administration:role", W("授予或收回角色", "give or remove a role")
    ),
    "add": CommandEntry("tui.cli.commands.administration:add", W("添加成员", "add a person")),
    "admit": CommandEntry(
        "tui.cli.commands.administration:admit", W("接入一台电脑", "admit a device")
    ),
    "administrator": CommandEntry(
        "tui.cli.commands.steering:administrator",
        W("设为管理员，或取消", "make an administrator, or no longer"),
    ),
    "two": CommandEntry(
        "tui.cli.commands.steering:two",
        W("是否须有两位管理员签名", "whether two administrators must sign"),
    ),
    "requests": CommandEntry(
        "tui.cli.commands.steering:requests", W("等待确认的请求", "requests that wait")
    ),
    "confirm": CommandEntry(
        "tui.cli.commands.steering:confirm", W("确认请求", "confirm a request")
    ),
    "drop": CommandEntry("tui.cli.commands.steering:drop", W("撤回请求", "drop a request")),
    "recovery": CommandEntry(
        "tui.cli.commands.steering:recovery_", W("恢复密钥", "the recovery key")
    ),
    "recover": CommandEntry(
        "tui.cli.commands.steering:recover",
        W("用恢复密钥成为管理员", "become an administrator by the recovery key"),
    ),
    "rules": CommandEntry(
        "tui.cli.commands.administration:rules",
        W("规则的级别", "the level of the rules"),
    ),
    "revoke": CommandEntry(
        "tui.cli.commands.administration:revoke", W("停用电脑或成员", "stop a device or a member")
    ),
    "history": CommandEntry(
        "tui.cli.commands.member_history:history",
        W("逐条列出成员日志", "the membership log line by line"),
    ),
    "log": CommandEntry(
        "tui.cli.commands.hub_log:write",
        W("把成员日志写入文件", "write the membership log to a file"),
    ),
}


def member() -> Lazy:
    """The group of commands about people."""
    return Lazy("member", W("成员与角色。", "People and their roles."), ENTRIES)


@command("list", W("列出成员、角色和电脑。", "List people, their roles and devices."))
@json_option
@pass_desk
def list_(desk: CommandContext, as_json: bool) -> None:
    """Everybody, those who left last."""
    with desk.open() as workspace:
        for one in staff.everybody(workspace.people, hubs=True):
            facts = _facts(one)
            if as_json:
                output.emit(facts)
            else:
                _tell(workspace, facts)


def _facts(one: StaffMember) -> dict[str, Any]:
    """A person with roles (project '*': every one) and devices, as JSON."""
    who, grants = one.person, sorted(one.grants, key=lambda grant: (grant.project, grant.role))
    return {
        "id": who.id,
        "name": who.name,
        "title": who.title,
        "active": who.active,
        "administrator": one.administrator,
        "roles": [{"role": grant.role, "project": grant.project} for grant in grants],
        "devices": [
            {"id": it.id, "tag": it.tag, "name": it.name, "revoked": it.revoked is not None}
            for it in one.devices
        ],
    }


def _tell(workspace: Workspace, facts: dict[str, Any]) -> None:
    marks = [str(ADMINISTRATOR)] if facts["administrator"] else []
    marks += [] if facts["active"] else [str(GONE)]
    output.put("  ".join([facts["name"], facts["title"] or "", *marks]).rstrip())
    by_place: dict[str, list[str]] = {}
    for held in facts["roles"]:
        by_place.setdefault(held["project"], []).append(str(ROLES.get(held["role"], held["role"])))
    for place, roles in by_place.items():
        output.put(f"    {place_text(workspace, place)}: {', '.join(roles)}")
    tags = [f"{one['tag'] or '?'} {one['id']}" for one in facts["devices"] if not one["revoked"]]
    for tag in tags:
        output.put(f"    {tag}")


def proper(name: str, title: str = "") -> None:
    """Refuse a name that is blank or has control characters."""
    if not is_proper(name) or not title.isprintable():
        raise Refused(NAME)


def role_of(text: str) -> str:
    """The role that a word means; `Refused` for none."""
    for name, word in ROLES.items():
        if text in (name, word.zh) or text.casefold() == word.en.casefold():
            return name
    raise Refused(NO_ROLE, role=text, known=", ".join(ROLES))


def place_text(workspace: Workspace, project: str) -> str:
    """The words for the place of a role: a project's title, or everywhere."""
    if project == "*":
        return str(EVERYWHERE)
    found = workspace.book.find(project)
    return found.title() if found is not None else project
