"""`completion`: the completion script of a shell."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from models.text.words import W
from tui.cli.exit_codes import COMPLETE
from tui.cli.options import argument, command
from tui.cli.root import root
from tui.cli.run import PROGRAM
from tui.cli.streams import output


@command(
    "completion",
    W("打印命令补全脚本，供 bash、zsh 或 fish 使用。", "Print the completion script of a shell."),
    examples=("completion bash >> ~/.bashrc",),
)
@argument(
    "shell", W("bash、zsh 或 fish", "bash, zsh or fish"), type=click.Choice(["bash", "zsh", "fish"])
)
def completion(shell: str) -> None:
    """The script that asks this program what fits."""
    made = get_completion_class(shell)
    if made is not None:
        output.put(made(root(), {}, PROGRAM, COMPLETE).source())
