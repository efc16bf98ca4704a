"""Tables of new books, made once in a process and copied from then on.

Making the two hundred tables and indexes of a book takes 30 ms, and half of all tests begin one or
more. The copy is byte for byte what `Store.create` made; a test with types of its own, and those
of the store itself, make theirs as usual.
"""

from __future__ import annotations

from models.schema.record import kinds
from models.storage import atomic_file
from models.storage.store import Store

create = Store.create
"""How tables are made as usual."""
_made: dict[tuple[object, ...], bytes] = {}


def copied(store: Store) -> None:
    """Give a new database its tables, as `Store.create` does."""
    types = tuple(kinds.values())
    image = _made.get(types)
    if image is None or store.path.exists() or not store.db.is_closed():
        fresh = not store.path.exists()
        create(store)
        if fresh:
            _made[types] = store.db.connection().serialize()
        return
    try:
        with atomic_file.create(store.path) as file:
            file.write(image)
    except OSError:
        store.path.unlink(missing_ok=True)
        create(store)
