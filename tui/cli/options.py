"""Options: click's commands, options and usage mistakes in the current language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import click

from models.text.words import W, say
from tui.cli import declaration
from tui.cli.streams import output
from tui.display.terminal_text import pad, width, wrap

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

NO_SIGN = W(
    "“{text}”应写成 字段=值，例如 cause='电源故障'。",
    "“{text}” must be FIELD=VALUE, for example cause='power supply'.",
)
TWICE = W("字段“{field}”写了两次。", "The field “{field}” is given twice.")
TOO_MANY = W("多了“{what}”。", "“{what}” is not expected.")


class Spoken(click.Command):
    """A command whose help is a pair of words."""

    def __init__(
        self, *args: Any, words: W, examples: Sequence[W | str] = (), **attrs: Any
    ) -> None:
        super().__init__(*args, **attrs)
        self.words = words
        self.examples = examples
        self.run_by: tuple[str, str] | None = None
        """Module and name of the whole command, where this is its declaration alone."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run it; a declaration has the whole command run."""
        if self.run_by is None:
            return super().invoke(ctx)
        return ctx.invoke(declaration.real(*self.run_by).callback, **ctx.params)

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
            output.put(ctx.get_help())
            ctx.exit()

    first: dict[str, Any] = {"is_flag": True, "is_eager": True, "expose_value": False}
    return SpokenOption(list(HELP), words=THIS_HELP, callback=show, **first)


def command(
    name: str, words: W, examples: Sequence[W | str] = ()
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


def pairs(texts: Iterable[str]) -> dict[str, str]:
    """Field -> text as typed, '' where nothing follows the sign. Raises a usage error."""
    found: dict[str, str] = {}
    for text in texts:
        field, sign, value = text.partition("=")
        if not sign or not field:
            raise wrong(NO_SIGN, click.get_current_context(), text=text)
        if field in found:
            raise wrong(TWICE, click.get_current_context(), field=field)
        found[field] = value
    return found


def _left(param: click.Option) -> str:
    names = ", ".join(sorted(param.opts, key=len))
    return names if param.is_flag else f"{names} {param.metavar or (param.name or '').upper()}"


def _examples(examples: Sequence[W | str]) -> list[str]:
    return ["", str(EXAMPLES_HEAD), *(f"  sitebook {one}" for one in examples)] if examples else []
