"""Root: every command by name; a command's module is imported when it is called, never before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click
from click.shell_completion import CompletionItem

from models.frozen import NamedTuple
from models.text.version import line
from models.text.words import W
from tui.cli import declaration
from tui.cli.command_context import CommandContext
from tui.cli.options import COMMANDS_HEAD, Spoken, SpokenOption, help_head, help_option, section
from tui.cli.streams import output


class CommandEntry(NamedTuple):
    """Where a command is declared, and what it does in a few words."""

    where: str
    """'module:name' of the command, or of a function that gives it."""
    words: W


COMMANDS: dict[str, CommandEntry] = {
    "init": CommandEntry("tui.cli.commands.init:init", W("新建现场簿", "create a book")),
    "demo": CommandEntry("tui.cli.commands.demo:demo", W("打开示例数据", "open sample data")),
    "types": CommandEntry("tui.cli.commands.types:types", W("记录类型", "record types")),
    "rights": CommandEntry("tui.cli.commands.rights:rights", W("谁能做什么", "who may do what")),
    "add": CommandEntry("tui.cli.commands.add:add", W("新增记录", "add records")),
    "set": CommandEntry("tui.cli.commands.set_fields:set_", W("修改字段", "change fields")),
    "copy": CommandEntry(
        "tui.cli.commands.copy_record:copy", W("照一条记录新建", "make a copy with its rows")
    ),
    "move": CommandEntry(
        "tui.cli.commands.move:move", W("执行操作", "take an action (change the state)")
    ),
    "void": CommandEntry("tui.cli.commands.move:void", W("作废记录", "void a record")),
    "unvoid": CommandEntry(
        "tui.cli.commands.move:unvoid", W("恢复作废的记录", "restore a void record")
    ),
    "revise": CommandEntry("tui.cli.commands.revise:revise", W("建立新版本", "make a new version")),
    "note": CommandEntry("tui.cli.commands.note:note", W("写备注", "add a note")),
    "attach": CommandEntry("tui.cli.commands.note:attach", W("附上文件", "attach a file")),
    "list": CommandEntry("tui.cli.commands.list_records:list_", W("列出记录", "list records")),
    "show": CommandEntry("tui.cli.commands.show:show", W("显示一条记录", "show a record")),
    "history": CommandEntry(
        "tui.cli.commands.history:history", W("谁改了什么", "who changed what")
    ),
    "find": CommandEntry("tui.cli.commands.find:find", W("全文查找", "search all text")),
    "figures": CommandEntry(
        "tui.cli.commands.figures:figures", W("指标与所据记录", "figures and their records")
    ),
    "quality": CommandEntry(
        "tui.cli.commands.quality:quality", W("全部未结事项", "all that is open")
    ),
    "conflicts": CommandEntry(
        "tui.cli.commands.conflicts:conflicts", W("未解决的冲突", "open conflicts")
    ),
    "resolve": CommandEntry(
        "tui.cli.commands.resolve:resolve", W("解决冲突", "resolve a conflict")
    ),
    "quarantine": CommandEntry(
        "tui.cli.commands.quarantine:quarantine", W("被隔离的改动", "quarantined changes")
    ),
    "adopt": CommandEntry(
        "tui.cli.commands.quarantine:adopt", W("采用被隔离的改动", "let them take effect")
    ),
    "today": CommandEntry("tui.cli.commands.today:today", W("今天的待办", "what waits today")),
    "status": CommandEntry(
        "tui.cli.commands.status:status", W("姓名、文件夹与同步状态", "name, folder and sync state")
    ),
    "digest": CommandEntry(
        "tui.cli.commands.status:digest", W("全部内容的指纹", "fingerprint of all data")
    ),
    "sync": CommandEntry(
        "tui.cli.commands.sync:sync", W("与文件夹或同步服务器同步", "sync with a folder or hub")
    ),
    "bundle": CommandEntry(
        "tui.cli.commands.bundle:bundle", W("用 U 盘文件同步", "sync by a file on a stick")
    ),
    "hub": CommandEntry(
        "tui.cli.commands.hub:hub", W("建立和运行同步服务器", "set up and run a hub")
    ),
    "join": CommandEntry("tui.cli.commands.join:join", W("加入一个组织", "join an organisation")),
    "member": CommandEntry("tui.cli.commands.member:member", W("成员与角色", "members and roles")),
    "import": CommandEntry(
        "tui.cli.commands.import_file:import_command", W("导入表格", "import a spreadsheet")
    ),
    "export": CommandEntry(
        "tui.cli.commands.export_file:export_command", W("导出文件", "export to a file")
    ),
    "evidence": CommandEntry(
        "tui.cli.commands.evidence:evidence",
        W("打包项目的确认记录", "pack a project's confirmations"),
    ),
    "archive": CommandEntry(
        "tui.cli.commands.archive:archive",
        W("打包项目的归档文件", "pack a project's documents"),
    ),
    "paper": CommandEntry(
        "tui.cli.commands.document:paper", W("文件与模板", "documents and templates")
    ),
    "backup": CommandEntry("tui.cli.commands.backup:backup", W("备份", "back up")),
    "restore": CommandEntry("tui.cli.commands.backup:restore", W("从备份恢复", "restore a backup")),
    "check": CommandEntry("tui.cli.commands.check:check", W("检查数据", "check the data")),
    "calendar": CommandEntry(
        "tui.cli.commands.calendar:calendar", W("工作日历", "the working calendar")
    ),
    "config": CommandEntry("tui.cli.commands.config:config", W("设置", "settings")),
    "passphrase": CommandEntry(
        "tui.cli.commands.passphrase:passphrase", W("密钥的口令", "passphrase of the key")
    ),
    "completion": CommandEntry(
        "tui.cli.commands.completion:completion", W("命令补全脚本", "shell completion")
    ),
}
ABOUT = W(
    "现场簿：离线优先的运维质量记录。不带命令时打开应用。",
    "sitebook: offline-first quality records. Without a command it opens the app.",
)
COMMAND = W("命令 …", "COMMAND …")
HOME = W("现场簿所在文件夹（或 SITEBOOK_HOME）", "the book's folder (or SITEBOOK_HOME)")
VERSION = W("显示版本", "show the version")


class Lazy(click.Group):
    """A group of commands that are imported one at a time."""

    def __init__(
        self, name: str, words: W, entries: Mapping[str, CommandEntry], **attrs: Any
    ) -> None:
        super().__init__(name, **attrs)
        self.words = words
        self.entries = entries
        self.run_by: tuple[str, str] | None = None

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Names in the order of their declaration."""
        return list(self.entries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command, declared now and imported as a whole to be run; None for an unknown name."""
        entry = self.entries.get(cmd_name)
        if entry is None:
            return None
        module, _, name = entry.where.partition(":")
        made: click.Command = declaration.declared(module, name)
        if isinstance(made, (Spoken, Lazy)):
            made.run_by = module, name
        return made

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Click's own; a group that looks words up in a way of its own needs all of its module."""
        if self.run_by is None or type(self) is Lazy:
            return super().resolve_command(ctx, args)
        whole: Lazy = declaration.real(*self.run_by)
        return whole.resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """What a half-typed word may be; imports none of the commands."""
        names = [
            CompletionItem(name, help=str(entry.words))
            for name, entry in self.entries.items()
            if name.startswith(incomplete)
        ]
        return [*names, *click.Command.shell_complete(self, ctx, incomplete)]

    def get_help_option(self, ctx: click.Context) -> click.Option:  # noqa: ARG002
        """`--help`, in the language of now."""
        return help_option()

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """What follows the options in the line of usage."""
        return [str(COMMAND)]

    def get_help(self, ctx: click.Context) -> str:
        """The whole help text; imports none of the commands."""
        rows = [(name, str(entry.words)) for name, entry in self.entries.items()]
        return "\n".join([*help_head(self, ctx, self.words), *section(COMMANDS_HEAD, rows)])


def root() -> Lazy:
    """The command `sitebook`."""
    first: dict[str, Any] = {"expose_value": False, "is_eager": True}
    params: list[click.Parameter] = [
        SpokenOption(["--home"], metavar="DIR", words=HOME, callback=_home, **first),
        SpokenOption(["--version"], is_flag=True, words=VERSION, callback=_version, **first),
    ]
    return Lazy("sitebook", ABOUT, COMMANDS, params=params)


def _home(ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
    if value:
        ctx.obj = ctx.ensure_object(CommandContext).at(value)


def _version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        output.put(line())
        ctx.exit()
