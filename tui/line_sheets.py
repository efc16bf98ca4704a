"""`import`, `export`: where the command line finds them."""

from __future__ import annotations

from tui.line.exporting import export_command
from tui.line.importing import import_command

__all__ = ["export_command", "import_command"]
