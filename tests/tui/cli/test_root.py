"""The root: its commands are named without being imported, and found by name."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest

from models.text.words import W, language
from tui.cli.options import Spoken
from tui.cli.root import COMMANDS, CommandEntry, Lazy, root


def leaves(
    group: click.Group, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Spoken]]:
    """Every command with its path of names."""
    ctx = click.Context(group)
    for name in group.list_commands(ctx):
        found = group.get_command(ctx, name)
        if isinstance(found, click.Group):
            yield from leaves(found, (*path, name))
        else:
            assert isinstance(found, Spoken), (*path, name)
            yield (*path, name), found


def test_commands_keep_the_order_of_their_declaration() -> None:
    group = root()
    assert group.list_commands(click.Context(group)) == list(COMMANDS)
    assert list(COMMANDS)[:3] == ["init", "demo", "types"]


def test_every_entry_leads_to_a_command_of_its_name() -> None:
    found = dict(leaves(root()))
    assert len(found) > 40
    assert {path[-1] for path in found} == {command.name for command in found.values()}


def test_an_unknown_name_is_no_command() -> None:
    group = root()
    ctx = click.Context(group)
    for name in ("nonsense", "", "LIST", "tui.cli.commands.add"):
        assert group.get_command(ctx, name) is None


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_group_lists_its_commands_in_the_language_of_now(lang: str) -> None:
    language.now = lang  # type: ignore[assignment]
    entries = {"one": CommandEntry("no.such.module:one", W("第一", "the first"))}
    group = Lazy("try", W("试", "Try"), entries)
    said = group.get_help(click.Context(group, info_name="sitebook try"))
    assert ("第一" in said, "the first" in said) == (lang == "zh", lang == "en")
    assert "命令 …" in said or "COMMAND …" in said


def test_half_a_name_is_completed_without_importing_the_command() -> None:
    entries = {
        name: CommandEntry("no.such.module:x", W(name, name)) for name in ("add", "attach", "list")
    }
    group = Lazy("try", W("试", "Try"), entries)
    found = group.shell_complete(click.Context(group), "a")
    assert [one.value for one in found if not one.value.startswith("-")] == ["add", "attach"]


def test_every_option_that_takes_a_value_says_which() -> None:
    for path, command in leaves(root()):
        for param in command.params:
            if isinstance(param, click.Option) and not param.is_flag and not param.hidden:
                assert param.metavar, (path, param.name)


def test_no_sentence_of_a_command_ends_without_a_stop() -> None:
    for path, command in leaves(root()):
        assert command.words.zh.endswith(("。", "）")), path
        assert command.words.en.endswith((".", ")")), path
