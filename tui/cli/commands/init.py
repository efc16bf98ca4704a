"""`init`, `demo`: a new book, one's own or a throw-away one."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from models.text.words import Lang, W, language, say
from tui.cli import output
from tui.cli.command_context import CommandContext, pass_desk
from tui.cli.options import command, option

LANGUAGES = click.Choice(["zh", "en"])
LANG = W("语言", "the language")
BEGUN = W(
    "已在 {home} 建立现场簿，{name} 拥有全部角色。输入 sitebook 打开。",
    "A book was begun in {home}; {name} has every role. Type sitebook to open it.",
)
BUILT = W("示例已建在 {home}", "The demonstration is in {home}")
NO_TERMINAL = W(
    "示例需要终端，而这里的输入或输出不是终端。",
    "The demonstration needs a terminal, and this is none.",
)


@command(
    "init",
    W("建立现场簿：姓名、语言和第一个项目。", "Begin a book: a name, a language, a first project."),
    examples=(W("init --name 测试员甲 --lang zh", "init --name 'Test Person' --lang en"),),
)
@option("--name", metavar="NAME", required=True, words=W("您的姓名", "your name"))
@option("--lang", type=LANGUAGES, metavar="zh|en", words=LANG)
@option("--project", metavar="P", words=W("第一个项目的名称", "the first project's name"))
@pass_desk
def init(desk: CommandContext, name: str, lang: str | None, project: str | None) -> None:
    """The first run, for scripts."""
    from sync.workspace.workspace import begin
    from tui.cli.commands.member import proper

    proper(name, project or "")
    chosen = _speak(lang)
    workspace = begin(desk.home, name=name, lang=chosen, project=project)
    workspace.close()
    output.put(say(BEGUN, home=desk.home, name=name))


@command(
    "demo",
    W(
        "在临时的示例现场簿上打开应用；--home 保留在指定文件夹。",
        "Open the app on a throw-away demonstration; --home DIR keeps it there.",
    ),
    examples=("demo", "demo --lang en"),
)
@option("--lang", type=LANGUAGES, metavar="zh|en", words=LANG)
@option("--home", metavar="DIR", words=W("建在此文件夹并保留", "build it in this folder, keep it"))
@option("--build-only", is_flag=True, hidden=True, words=W("只生成，不打开", "build, do not open"))
@pass_desk
def demo(desk: CommandContext, lang: str | None, home: str | None, build_only: bool) -> int:
    """A month of invented work."""
    import tempfile

    chosen = _speak(lang)
    if not build_only and not (sys.stdin.isatty() and sys.stdout.isatty()):
        output.complain(str(NO_TERMINAL))
        return 2
    if home or desk.named:
        return _demo(CommandContext.at(home).home if home else desk.home, chosen, build_only)
    with tempfile.TemporaryDirectory(prefix="sitebook-demo-", ignore_cleanup_errors=True) as folder:
        return _demo(Path(folder) / "home", chosen, build_only)


def _demo(home: Path, lang: Lang, build_only: bool) -> int:
    from sync.workspace.workspace import exists

    if not exists(home):
        from tui.cli.share import shares
        from tui.demo.player import demo as play

        tell = shares()
        play(home, lang, progress=tell and (lambda done, total: tell(done / max(total, 1)))).close()
    if build_only:
        output.put(say(BUILT, home=home))
        return 0
    from tui.app.app import run

    return run(home)


def _speak(lang: str | None) -> Lang:
    """Speak the language asked for from here on."""
    if lang:
        language.now = "en" if lang == "en" else "zh"
    return language.now
