"""Draft saver: what is typed is on the disk within 0.3 s, and no key waits for the disk."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final

from textual.message_pump import MessagePump

from models.storage.drafts import DraftHold, Drafts, FormDraft
from models.text.words import Refused

AFTER: Final = 0.12
"""Seconds from the first key to the write; what is typed until then goes along."""


class DraftSaver:
    """Saves one form's draft: soon after a key, at once when asked; removes it once saved.

    `take` gives the draft as it is now, None when there is nothing to save. Writes happen one
    after another in a thread of their own. The draft is this form's alone: another window with the
    same form writes one of its own.
    """

    def __init__(
        self,
        drafts: Drafts,
        key: str,
        take: Callable[[], FormDraft | None],
        node: MessagePump,
        fail: Callable[[Refused], None],
    ) -> None:
        self.drafts, self.key = drafts, key
        self._window = secrets.token_hex(4)
        self._hold: DraftHold | None = None
        self._take, self._node, self._fail = take, node, fail
        self._writer = ThreadPoolExecutor(1, "draft")
        self._due = False
        self._last: FormDraft | None = None
        self._said = ""
        self._done = self._left = False

    def take_over(self, draft: FormDraft) -> None:
        """The form goes on with a draft that waited: it is this form's from now on."""
        self._held()
        self._last = self.drafts.take_over(draft, self.key, self._window)

    def touch(self) -> None:
        """Something was typed: save it soon."""
        if not self._due and not self._done:
            self._due = True
            self._node.set_timer(AFTER, self._soon)

    def flush(self) -> None:
        """Save what there is now; on the disk when this returns."""
        if not self._done:
            self._begin().result()
            self._tell()

    def drop(self) -> None:
        """The record is saved, or the draft not wanted: remove it, and save nothing from now on."""
        self._done = True
        self._writer.submit(self._drop).result()
        self._writer.shutdown()
        self._release()

    def close(self, left: bool) -> None:
        """Save what there is, and end; `left` by the person, not by the end of the app."""
        self._left = left
        self.flush()
        self._done = True
        self._writer.shutdown()
        self._release()

    def _soon(self) -> None:
        self._due = False
        if not self._done:
            self._tell()
            self._begin()

    def _begin(self) -> Future[None]:
        draft = self._take()
        if draft is not None and self._left:
            draft = draft.but(left=True)
        if draft is not None:
            draft = draft.but(key=self.key, window=self._window)
        if draft == self._last:
            return self._writer.submit(lambda: None)
        self._last = draft
        return self._writer.submit(self._keep, draft)

    def _keep(self, draft: FormDraft | None) -> None:
        """In the writer's thread: a fault is remembered for the next time round."""
        try:
            if draft is None:
                self._drop()
            else:
                self._held()
                self.drafts.keep(draft)
            self._fault = None
        except Refused as refused:
            self._fault = refused

    def _drop(self) -> None:
        self.drafts.drop(self.key, self._window)

    def _held(self) -> None:
        """The first draft takes the lock, before others can see it."""
        if self._hold is None:
            self._hold = self.drafts.hold(self.key, self._window)

    def _release(self) -> None:
        if self._hold is not None:
            self._hold.release()
            self._hold = None

    _fault: Refused | None = None

    def _tell(self) -> None:
        """Report once that the disk does not take drafts."""
        said = str(self._fault) if self._fault is not None else ""
        if self._fault is not None and said != self._said:
            self._fail(self._fault)
        self._said = said
