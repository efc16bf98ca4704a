"""`demo`: the app on a throw-away demonstration."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from models.text.words import Lang, W, say
from sync.workspace.workspace import exists
from tui.cli import output
from tui.cli.command_context import CommandContext, pass_desk
from tui.cli.commands.init import LANG, LANGUAGES, speak
from tui.cli.options import command, option
from tui.cli.output import shares
from tui.demo.player import demo as play

BUILT = W("示例已建在 {home}", "The demonstration is in {home}")
NO_TERMINAL = W(
    "示例需要终端，而这里的输入或输出不是终端。",
    "The demonstration needs a terminal, and this is none.",
)


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
