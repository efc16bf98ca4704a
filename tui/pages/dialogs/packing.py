"""Packing: a pack of files is written in the background, with a dialog that may be left."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from models.storage.atomic_file import CANNOT_WRITE
from models.text.os_errors import why
from models.text.words import Refused, W
from tui.documents.document_pack import Progress
from tui.pages.dialogs.document_menu import ProgressDialog
from tui.widgets.app_context import AppContext

Packing = Callable[[Progress], str]
"""Writes the pack and says what was written."""


def pack(app: AppContext, path: Path, word: W, write: Packing) -> None:
    """Write a pack in a thread; its dialog may be left, it goes on."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(CANNOT_WRITE, path=path.parent, reason=why(error)) from error
    working = ProgressDialog(word)
    app.push_screen(working)

    def work() -> None:
        bad = False
        try:
            with app.workspace.store.db.connection_context():
                told = write(lambda share: app.call_from_thread(working.tell, share))
        except Refused as refused:
            told, bad = str(refused), True
        app.call_from_thread(working.ended)
        app.call_from_thread(app.tell, told, bad=bad)

    app.run_worker(work, thread=True, group="paper")
