"""`init`: a new book."""

from __future__ import annotations

import click

from models.text.words import Lang, W, language, say
from sync.workspace.setup import begin
from tui.cli.command_context import CommandContext, pass_desk
from tui.cli.commands.member import proper
from tui.cli.options import command, option
from tui.cli.streams import output

LANGUAGES = click.Choice(["zh", "en"])
LANG = W("语言", "the language")
BEGUN = W(
    "已在 {home} 新建现场簿，{name} 拥有全部角色。输入 sitebook 打开。",
    "The book was created in {home}; {name} has every role. Type sitebook to open it.",
)


@command(
    "init",
    W(
        "新建现场簿：姓名、语言和第一个项目。",
        "Create a book: your name, a language and a first project.",
    ),
    examples=(W("init --name 测试员甲 --lang zh", "init --name 'Test Person' --lang en"),),
)
@option("--name", metavar="NAME", required=True, words=W("您的姓名", "your name"))
@option("--lang", type=LANGUAGES, metavar="zh|en", words=LANG)
@option("--project", metavar="P", words=W("第一个项目的名称", "the first project's name"))
@pass_desk
def init(desk: CommandContext, name: str, lang: str | None, project: str | None) -> None:
    """The first run, for scripts."""
    proper(name, project or "")
    chosen = speak(lang)
    workspace = begin(desk.home, name=name, lang=chosen, project=project)
    workspace.close()
    output.put(say(BEGUN, home=desk.home, name=name))


def speak(lang: str | None) -> Lang:
    """Speak the language asked for from here on."""
    if lang:
        language.now = "en" if lang == "en" else "zh"
    return language.now
