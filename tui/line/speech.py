"""Speech: click's commands, options and mistakes, said in the language people read now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from models.words import W, say
from tui.cells import pad, width, wrap
from tui.line import out

F = TypeVar("F", bound=Callable[..., Any])

WIDTH = 80
HELP = ("-h", "--help")
USAGE = W("用法：", "Usage: ")
OPTIONS = W("[选项]", "[OPTIONS]")
ARGUMENTS_HEAD = W("参数：", "Arguments:")
OPTIONS_HEAD = W("选项：", "Options:")
COMMANDS_HEAD = W("命令：", "Commands:")
EXAMPLES_HEAD = W("例：", "Examples:")
THIS_HELP = W("显示本说明", "show this help")

SEE = W("{what}用法见 {command} --help。", "{what} See {command} --help.")
ABSENT = W("缺少 {what}。", "{what} is missing.")
NO_OPTION = W("没有选项 {what}。", "There is no option {what}.")
NO_COMMAND = W("没有命令“{what}”。", "There is no command “{what}”.")
NO_COMMAND_GIVEN = W("缺少命令。", "A command is missing.")
NEAR = W("是不是 {near}？", "Did you mean {near}?")
NEEDS_VALUE = W("选项 {what} 需要一个值。", "The option {what} needs a value.")
TAKES_NONE = W("选项 {what} 不带值。", "The option {what} takes no value.")
TOO_MANY = W("多出了“{what}”。", "“{what}” is too much.")
ONE_OF = W("{what} 只能是：{choices}。", "{what} must be one of: {choices}.")
BAD_VALUE = W("{what} 的值不对。", "The value of {what} is wrong.")


class Spoken(click.Command):
    """A command whose help is a pair of words."""

    def __init__(self, *args: Any, words: W, examples: Sequence[str] = (), **attrs: Any) -> None:
        super().__init__(*args, **attrs)
        self.words = words
        self.examples = examples

    def get_help(self, ctx: click.Context) -> str:
        """The whole help text."""
        return "\n".join([*help_head(self, ctx, self.words), *_examples(self.examples)])

    def get_help_option(self, ctx: click.Context) -> click.Option:  # noqa: ARG002
        """`--help`, in the language of now."""
        return help_option()

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Click's own, with our sentence for arguments that are too many."""
        ctx.allow_extra_args = True
        rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            raise wrong(TOO_MANY, ctx, what=" ".join(rest))
        return rest


class SpokenOption(click.Option):
    """An option with its words."""

    def __init__(self, *args: Any, words: W, **attrs: Any) -> None:
        super().__init__(*args, **attrs)
        self.words = words


class SpokenArgument(click.Argument):
    """An argument with its words."""

    def __init__(self, *args: Any, words: W, **attrs: Any) -> None:
        super().__init__(*args, **attrs)
        self.words = words


def help_option() -> SpokenOption:
    """The option that shows a command's help instead of running it."""

    def show(ctx: click.Context, _param: click.Parameter, asked: bool) -> None:
        if asked and not ctx.resilient_parsing:
            out.put(ctx.get_help())
            ctx.exit()

    first: dict[str, Any] = {"is_flag": True, "is_eager": True, "expose_value": False}
    return SpokenOption(list(HELP), words=THIS_HELP, callback=show, **first)


def command(
    name: str, words: W, examples: Sequence[str] = ()
) -> Callable[[Callable[..., Any]], Spoken]:
    """Make a function a command; `examples` are lines to type after 'sitebook'."""
    return click.command(name, cls=Spoken, words=words, examples=examples)


def option(*names: str, words: W, **attrs: Any) -> Callable[[F], F]:
    """An option of a command."""
    return click.option(*names, cls=SpokenOption, words=words, **attrs)


def argument(name: str, words: W, **attrs: Any) -> Callable[[F], F]:
    """An argument of a command."""
    return click.argument(name, cls=SpokenArgument, words=words, **attrs)


def json_option(f: F) -> F:
    """The option `--json`."""
    words = W("输出 JSON，供脚本使用", "print JSON, for scripts")
    return option("--json", "as_json", is_flag=True, words=words)(f)


def help_head(command: click.Command, ctx: click.Context, words: W) -> list[str]:
    """Usage, what the command does, its arguments and options."""
    params = command.get_params(ctx)
    pieces = [str(OPTIONS)]
    if isinstance(command, click.Group):
        pieces += command.collect_usage_pieces(ctx)
    for param in params:
        pieces += param.get_usage_pieces(ctx)
    arguments = [p for p in params if isinstance(p, SpokenArgument)]
    options = [p for p in params if isinstance(p, SpokenOption) and not p.hidden]
    lines = [f"{USAGE}{ctx.command_path} {' '.join(pieces)}", "", *wrap(str(words), WIDTH)]
    lines += section(ARGUMENTS_HEAD, [(p.make_metavar(ctx), str(p.words)) for p in arguments])
    return lines + section(OPTIONS_HEAD, [(_left(p), str(p.words)) for p in options])


def section(head: W, rows: Sequence[tuple[str, str]]) -> list[str]:
    """A heading and two columns beneath it; nothing for no rows."""
    if not rows:
        return []
    left = min(max(width(one) for one, _ in rows), 30)
    lines = ["", str(head)]
    for one, words in rows:
        first, *more = wrap(words, WIDTH - left - 4)
        lines.append(f"  {pad(one, left)}  {first}")
        lines += [f"{' ' * (left + 4)}{line}" for line in more]
    return lines


def wrong(word: W, ctx: click.Context | None = None, **values: object) -> click.UsageError:
    """Wrong usage, as a sentence of our own."""
    return click.UsageError(say(word, **values), ctx)


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


def _left(param: click.Option) -> str:
    names = ", ".join(sorted(param.opts, key=len))
    return names if param.is_flag else f"{names} {param.metavar or (param.name or '').upper()}"


def _examples(examples: Sequence[str]) -> list[str]:
    return ["", str(EXAMPLES_HEAD), *(f"  sitebook {one}" for one in examples)] if examples else []
