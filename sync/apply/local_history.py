"""Local history: what a book on the disk answers while changes of a space are authorised."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from models.schema.natural_keys import COMPANY
from sync.apply.rows.row_batch import RowBatch
from sync.apply.transaction import Transaction
from sync.changes.change import Change, Dot
from sync.changes.compatibility import unknown, whole
from sync.log import device_aliases, logged_changes, quarantine, seals
from sync.log.histories import forks
from sync.log.seals import Cover
from sync.trust.membership_entry import Head
from sync.validation.history import CurrentRow


class LocalHistory:
    """The history of one space; a `sync.validation.history.ChangeHistory`.

    `records` are the records of the changes to be authorised. Changes from `own` (a device's number
    and first sequence) on are passed over: they are being authorised. `coming` has the chain hashes
    of those that are not in the log yet.
    """

    def __init__(
        self,
        tx: Transaction,
        records: Iterable[str],
        own: tuple[int, int] | None = None,
        rows: RowBatch | None = None,
        coming: Mapping[Dot, bytes] | None = None,
    ) -> None:
        self.names = tx.names
        self.membership = tx.membership
        self.rows = rows
        self._own = own
        self._coming = coming or {}
        self._asked = frozenset(records)
        self._met: set[str] | None = None
        self._born: dict[str, list[Change]] = {}
        self._people: dict[str, str | None] = {}
        self._seals: dict[int, Cover] = {}
        """Device -> the seal that was asked for last."""
        self._before: dict[tuple[int, int], int] = {}

    def change(self, device: str, seq: int) -> Change | None:
        """The change that wrote a version, without fields where its values are not kept."""
        return self.names.change((self.names.idx(device), seq))

    def record(self, device: str, seq: int) -> str | None:
        """The record that a version is of."""
        return self.names.record((self.names.idx(device), seq))

    def births(self, record: str) -> Sequence[Change]:
        """The creations of a record that are not quarantined, whatever their space and type."""
        if self._met is None:  # edits need not know
            names = self.names
            self._met = logged_changes.known(names.db, self._asked, names.space, self._own)
        if record in self._asked and record not in self._met:
            return ()
        found = self._born.get(record)
        if found is None:
            found = self._born[record] = list(self._births(record))
        return found

    def quarantined(self, device: str, seq: int) -> bool:
        """Whether a change counts for nothing: it was refused, and not adopted."""
        return (self.names.idx(device), seq) in self.names.refused

    def parked(self, device: str, seq: int) -> bool:
        """Whether only a newer version of the program understands the change as a whole."""
        return self.names.parked.get((self.names.idx(device), seq)) == frozenset()

    def person(self, device: str) -> str | None:
        """Whose device it is: admitted, or vouched for by an admitted one's key."""
        if device not in self._people:
            self._people[device] = self._person(device)
        return self._people[device]

    def sealed(self, device: str, seq: int) -> int:
        """The membership version that the seal over a change names; 0 where none is here."""
        idx = self.names.idx(device)
        found: Cover | None = self._seals.get(idx)
        if found is None or not found.first <= seq <= found.last:
            found = seals.over(self.names.db, self.names.space, idx, seq)
            if found is None or found.first > seq:
                return 0
            self._seals[idx] = found
        return found.members

    def sealed_before(self, device: str, seq: int) -> int:
        """The highest version that the seals name which end before a change of a device; or 0."""
        place = self.names.idx(device), seq
        if place not in self._before:
            self._before[place] = seals.before(self.names.db, self.names.space, *place)
        return self._before[place]

    def passes(self, device: str, head: Head) -> bool:
        """Whether the history of a device that is here passes a position."""
        known = self._coming.get((device, head.seq))
        if known is not None:
            return known == head.hash
        return forks.passes(self.names.db, self.names.space, device, head)

    def of_company(self, device: str, seq: int) -> Change | None:
        """A change of the company's space that counts, for a decision by a table."""
        idx = self.names.idx(device)
        change = logged_changes.change_of(self.names.db, COMPANY, device, idx, seq)
        if change is None or self._refused(COMPANY, idx, seq):
            return None
        return None if any(map(whole, unknown(change))) else change

    def current_row(self, type: str, record: str) -> CurrentRow | None:
        """The row of a record of this space; None is always right, and slower."""
        return self.rows.get(type, record) if self.rows is not None else None

    # -- how ---------------------------------------------------------------------------------------

    def _births(self, record: str) -> Iterable[Change]:
        for space, idx, seq, body in logged_changes.births(self.names.db, record):
            if self._refused(space, idx, seq):
                continue
            change = Change.parse(body)
            if change.header is not None:
                yield change

    def _refused(self, space: str, idx: int, seq: int) -> bool:
        if space == self.names.space:
            return (idx, seq) in self.names.refused
        return quarantine.holds(self.names.db, space, idx, seq)

    def _person(self, device: str) -> str | None:
        found = self.membership.person_of(device)
        if found is None:
            word = device_aliases.of(self.names.db, device)
            found = self.membership.person_of(word.old) if word is not None else None
        return found
