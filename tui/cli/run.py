"""The command line, run: arguments to a command, whatever it raises to an exit code."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

from models.text.words import W, say
from tui.cli.command_context import CommandContext, OpenApp, no_app
from tui.cli.exit_codes import COMPLETE, DONE, FAILED, INTERRUPTED, MISUSED
from tui.cli.root import root
from tui.cli.streams import output

PROGRAM = "sitebook"
SEE = W("{what}用法见 {command} --help。", "{what} See {command} --help.")
ABSENT = W("缺少 {what}。", "{what} is missing.")
NO_OPTION = W("没有选项 {what}。", "There is no option {what}.")
NO_COMMAND = W("没有命令“{what}”。", "There is no command “{what}”.")
NO_COMMAND_GIVEN = W("缺少命令。", "A command is missing.")
NEAR = W("是不是 {near}？", " Did you mean {near}?")
NEEDS_VALUE = W("选项 {what} 需要一个值。", "The option {what} needs a value.")
TAKES_NONE = W("选项 {what} 不带值。", "The option {what} takes no value.")
ONE_OF = W("{what} 只能是：{choices}。", "{what} must be one of: {choices}.")
BAD_VALUE = W("{what} 的值不对。", "The value of {what} is wrong.")


def invoke(
    home: Path, args: Sequence[str], *, named: bool = False, open_app: OpenApp = no_app
) -> int:
    """Run one command on the book in this folder; returns the exit code.

    `named`: the person gave the folder by `--home`, rather than the environment or the system.
    `open_app` opens the app, for the command that ends in it.
    `Refused` passes through: its sentence is printed by the entry, as all are.
    """
    group = root()
    if COMPLETE in os.environ:
        from click.shell_completion import shell_complete

        settings = {"obj": CommandContext(home)}
        return shell_complete(group, settings, PROGRAM, COMPLETE, os.environ[COMPLETE])
    try:
        context = CommandContext(home, named=named, open_app=open_app)
        with group.make_context(PROGRAM, list(args), obj=context) as ctx:
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


def mistake(error: click.UsageError) -> str:
    """A usage mistake in one sentence, with where to look it up."""
    command = error.ctx.command_path if error.ctx else "sitebook"
    return say(SEE, what=_sentence(error), command=command)


def _sentence(error: click.UsageError) -> str:
    if isinstance(error, click.MissingParameter):
        return say(ABSENT, what=_named(error))
    if isinstance(error, click.NoSuchOption):
        return _near(say(NO_OPTION, what=error.option_name), error.possibilities)
    if isinstance(error, click.exceptions.NoSuchCommand):
        return _near(say(NO_COMMAND, what=error.command_name), _alike(error))
    if isinstance(error, click.BadOptionUsage):
        takes = "take" not in error.message
        return say(NEEDS_VALUE if takes else TAKES_NONE, what=error.option_name)
    if isinstance(error, click.BadParameter):
        kind = error.param.type if error.param else None
        if isinstance(kind, click.Choice):
            return say(ONE_OF, what=_named(error), choices=", ".join(map(str, kind.choices)))
        return say(BAD_VALUE, what=_named(error))
    if error.ctx and isinstance(error.ctx.command, click.Group):
        return str(NO_COMMAND_GIVEN)
    return error.format_message()


def _named(error: click.BadParameter) -> str:
    param = error.param
    if isinstance(param, click.Option):
        return max(param.opts, key=len)
    return param.human_readable_name if param else str(error.param_hint or "")


def _alike(error: click.exceptions.NoSuchCommand) -> list[str]:
    from difflib import get_close_matches

    group = error.ctx.command if error.ctx else None
    if error.ctx is None or not isinstance(group, click.Group):
        return []
    return get_close_matches(error.command_name, group.list_commands(error.ctx))


def _near(sentence: str, possible: Sequence[str] | None) -> str:
    return f"{sentence}{say(NEAR, near=', '.join(possible))}" if possible else sentence
