"""`sync`: a round with a folder or the hub, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.text.words import W, say
from sync.transport import peers
from sync.validation.verify import FORKED
from tui.cli import output
from tui.cli import passphrase as secret
from tui.cli.command_context import CommandContext, pass_desk
from tui.cli.options import argument, command, json_option, option
from tui.cli.output import shares

if TYPE_CHECKING:
    from sync.transport.round import RoundReport
    from sync.workspace.workspace import Workspace

GAVE = W("给出 {given} 条改动，收到 {taken} 条。", "{given} changes sent, {taken} received.")
