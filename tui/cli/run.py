"""The command line, run: arguments to a command, whatever it raises to an exit code."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

from tui.cli import output
from tui.cli.command_context import CommandContext
from tui.cli.exit_codes import COMPLETE, DONE, FAILED, INTERRUPTED, MISUSED
from tui.cli.root import root
from tui.cli.usage_errors import mistake

PROGRAM = "sitebook"


def invoke(home: Path, args: Sequence[str], *, named: bool = False) -> int:
    """Run one command on the book in this folder; returns the exit code.

    `named`: the person gave the folder by `--home`, rather than the environment or nobody.
    `Refused` passes through: its sentence is said where every other one is.
    """
    group = root()
    if COMPLETE in os.environ:
        from click.shell_completion import shell_complete

        settings = {"obj": CommandContext(home)}
        return shell_complete(group, settings, PROGRAM, COMPLETE, os.environ[COMPLETE])
    try:
        with group.make_context(PROGRAM, list(args), obj=CommandContext(home, named=named)) as ctx:
            code = group.invoke(ctx)
            return code if isinstance(code, int) else DONE
    except click.exceptions.NoArgsIsHelpError as error:
        output.advise(error.message)
        return MISUSED
    except click.UsageError as error:
        output.complain(mistake(error))
        return MISUSED
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.Abort as abort:
        interrupted = isinstance(abort.__cause__ or abort.__context__, KeyboardInterrupt)
        return INTERRUPTED if interrupted else FAILED
