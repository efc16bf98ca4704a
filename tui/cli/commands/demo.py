"""`demo`: the app on a throw-away demonstration."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from models.text.words import Lang, W, say
from sync.workspace.workspace import exists
from tui.cli.command_context import CommandContext, pass_desk
from tui.cli.commands.init import LANG, LANGUAGES, speak
from tui.cli.options import command, option
from tui.cli.streams import output
from tui.cli.streams.output import shares
from tui.demo.player import demo as play

BUILT = W("示例数据在 {home}", "The sample data is in {home}")
NO_TERMINAL = W(
    "查看示例数据需要终端，而这里的输入或输出不是终端。",
    "The sample data is shown in a terminal, and this is not a terminal.",
)


@command(
    "demo",
    W(
        "用示例数据打开应用（临时文件夹）。--home 建在指定文件夹并保留。",
        "Open the app with sample data, in a temporary folder. --home DIR builds it in a"
        " folder and keeps it.",
    ),
    examples=("demo", "demo --lang en"),
)
@option("--lang", type=LANGUAGES, metavar="zh|en", words=LANG)
@option(
    "--home", metavar="DIR", words=W("建在此文件夹并保留", "build it in this folder and keep it")
)
@option(
    "--build-only",
    is_flag=True,
    hidden=True,
    words=W("只生成，不打开应用", "build only, do not open the app"),
)
@pass_desk
def demo(desk: CommandContext, lang: str | None, home: str | None, build_only: bool) -> int:
    """A month of invented work."""
    chosen = speak(lang)
    if not build_only and not (sys.stdin.isatty() and sys.stdout.isatty()):
        output.complain(str(NO_TERMINAL))
        return 2
    if home or desk.named:
        return _demo(desk, desk.at(home).home if home else desk.home, chosen, build_only)
    with tempfile.TemporaryDirectory(prefix="sitebook-demo-", ignore_cleanup_errors=True) as folder:
        return _demo(desk, Path(folder) / "home", chosen, build_only)


def _demo(desk: CommandContext, home: Path, lang: Lang, build_only: bool) -> int:
    if not exists(home):
        tell = shares()
        play(home, lang, progress=tell and (lambda done, total: tell(done / max(total, 1)))).close()
    if build_only:
        output.put(say(BUILT, home=home))
        return 0
    return desk.open_app(home)
