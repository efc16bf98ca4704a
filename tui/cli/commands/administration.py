"""`member role`, `add`, `admit`, `revoke`: what an administrator changes."""

from __future__ import annotations

from pathlib import Path

from models.queries import lookup
from models.schema.roles import ROLES
from models.text.words import Refused, W, say
from sync.log import membership_store
from sync.organisation import administration, admission, rules_level
from sync.trust.steering import rule_levels
from tui.cli import passphrase
from tui.cli.command_context import CommandContext, pass_desk
from tui.cli.commands.member import place_text, proper, role_of
from tui.cli.commands.steering import numbers, told_requests
from tui.cli.options import argument, command, option
from tui.cli.streams import output

ADDED = W("已添加成员 {name}", "{name} was added")
GIVEN = W("{name} 现为{role}（{where}）", "{name} is now {role} ({where})")
TAKEN = W("{name} 不再是{role}（{where}）", "{name} is no longer {role} ({where})")
ADMITTED = W(
    "{name} 的电脑已接入，回复写在 {path}。组织指纹 {print}：请与对方核对。",
    "The device of {name} is admitted; the reply is in {path}. Compare the organisation's"
    " fingerprint with {name}: {print}.",
)
NO_ROLES = W(
    "{name} 还没有角色，只能看公司资料。授予角色：sitebook member role {name} engineer。",
    "{name} has no role yet and sees only the company's records. Give a role: sitebook"
    " member role {name} engineer.",
)
REVOKED = W("{what} 已停用。", "{what} was stopped.")
RULES = W(
    "规则第 {level} 级；本程序知道到第 {known} 级。",
    "Rules of level {level}; this program knows up to level {known}.",
)
NO_DEVICE = W(
    "没有编号或标记为“{name}”的电脑，也没有这个姓名的成员。见 sitebook member list。",
    "There is no device with the id or tag “{name}”, and no member of that name."
    " See sitebook member list.",
)


@command(
    "role",
    W(
        "授予角色，或用 --remove 收回。不写 --project 时对所有项目有效。",
        "Give a role, or remove it with --remove. Without --project it is for every project.",
    ),
    examples=(
        W(
            "member role 测试员乙 engineer --project 北站",
            "member role 'Test Person' engineer --project 'North site'",
        ),
    ),
)
@argument("person", W("姓名、拼音首字母或 id", "name, initials or id"))
@argument("role", W("角色，如 engineer", "the role, such as engineer"))
@option("--project", metavar="P", words=W("只在此项目", "on this project only"))
@option("--remove", is_flag=True, words=W("收回", "remove it"))
@pass_desk
def role(desk: CommandContext, person: str, role: str, project: str | None, remove: bool) -> None:
    """One role."""
    chosen = role_of(role)
    with desk.open() as workspace:
        who = lookup.person(workspace.book, person)
        where = lookup.project(workspace.book, project).id if project else "*"
        phrase = passphrase.passphrase(workspace.home)
        administration.set_role(workspace, who, chosen, where, grant=not remove, passphrase=phrase)
        told = {"name": workspace.people.name(who), "role": ROLES[chosen]}
        output.put(say(TAKEN if remove else GIVEN, where=place_text(workspace, where), **told))


@command(
    "add",
    W(
        "添加一位成员。其电脑加入后才能填写。",
        "Add a person. They can write after one of their devices is admitted.",
    ),
    examples=(
        W("member add 测试员乙 --title 工程师", "member add 'Test Person' --title Engineer"),
    ),
)
@argument("name", W("姓名", "the name"))
@option("--title", metavar="T", default="", words=W("职务", "position"))
@pass_desk
def add(desk: CommandContext, name: str, title: str) -> None:
    """One person."""
    proper(name, title)
    with desk.open() as workspace:
        administration.add_person(workspace, name, title, passphrase.passphrase(workspace.home))
        output.put(say(ADDED, name=name))


@command(
    "admit",
    W(
        "接入一台电脑：读它的请求，写出回复。",
        "Admit a device: read its request, write the reply.",
    ),
    examples=("member admit me.request -o me.reply --role engineer --project 'North site'",),
)
@argument("file", W("请求文件", "the request"))
@option("-o", "--output", "reply", metavar="REPLY", required=True, words=W("回复文件", "the reply"))
@option("--role", metavar="ROLE", words=W("授予此角色", "give this role"))
@option("--project", metavar="P", words=W("角色只在此项目", "the role on this project only"))
@option(
    "--person",
    metavar="WHO",
    words=W("已有成员的另一台电脑", "another device of this existing member"),
)
@pass_desk
def admit(
    desk: CommandContext,
    file: str,
    reply: str,
    role: str | None,
    project: str | None,
    person: str | None,
) -> None:
    """One device."""
    path, answer = (Path(one).expanduser().absolute() for one in (file, reply))
    with desk.open() as workspace:
        where = lookup.project(workspace.book, project).id if project else "*"
        who = lookup.person(workspace.book, person) if person else None
        roles = [(role_of(role), where)] if role else []
        phrase = passphrase.passphrase(workspace.home)
        asked = admission.admit(workspace, path, answer, roles=roles, person=who, passphrase=phrase)
        print = admission.fingerprint(membership_store.load(workspace.store.db))
        owner = workspace.people.person_of(asked.device) or ""
        name = workspace.people.name(owner)
        output.put(say(ADMITTED, name=name, path=answer, print=print))
        if not workspace.people.roles(owner, None):
            output.put(say(NO_ROLES, name=name))


@command(
    "rules",
    W(
        "显示规则的级别；给出级别时提高到该级，须先升级所有电脑。",
        "Show the level of the rules; with a level, raise it to that once all devices are updated.",
    ),
    examples=("member rules", "member rules 2"),
)
@argument("level", W("新的级别", "the new level"), required=False, type=int)
@pass_desk
def rules(desk: CommandContext, level: int | None) -> None:
    """Which rules are in force."""
    with desk.open() as workspace:
        if level is not None:
            rules_level.raise_to(workspace, level, passphrase.passphrase(workspace.home))
        now = membership_store.load(workspace.store.db).level
        output.put(say(RULES, level=now, known=rule_levels.KNOWN))


@command(
    "revoke",
    W(
        "停用一台电脑，或一位离职成员的全部电脑。停用后的改动会被隔离。",
        "Stop a device, or all devices of a member who left. Their later changes are quarantined.",
    ),
    examples=("member revoke C", "member revoke Ann"),
)
@argument("who", W("电脑的标记或 id，或成员姓名", "a device's tag or id, or a member's name"))
@pass_desk
def revoke(desk: CommandContext, who: str) -> None:
    """No more from there."""
    with desk.open() as workspace:
        phrase, before = passphrase.passphrase(workspace.home), numbers(workspace)
        sql = "SELECT id, name FROM device WHERE (tag=? OR id=?) AND key IS NOT NULL"
        device = workspace.store.row(sql, (who, who))
        if device is not None:
            administration.revoke(workspace, str(device[0]), phrase)
        else:
            try:
                person = lookup.person(workspace.book, who)
            except Refused:
                raise Refused(NO_DEVICE, name=who) from None
            administration.leave(workspace, person, phrase)
        if not told_requests(workspace, before):
            output.put(say(REVOKED, what=who))
