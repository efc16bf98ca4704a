"""Record search: one search over all types, narrowed by the same filters as every list."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import nlargest
from typing import TYPE_CHECKING

from models.queries.filters import Filter
from models.queries.paging import TOP, SqlCondition
from models.schema.record import Record, kinds
from models.search import documents
from models.search.engine import Hit
from models.storage import rows
from models.storage.store import places

if TYPE_CHECKING:
    from models.search.engine import Search
    from models.storage.store import Store

ROUNDS = 25
"""Pages of hits looked through for one page that fits the other filters too."""


class Finder:
    """Finds the newest records of any type that fit a filter; usable from any thread."""

    def __init__(self, store: Store, search: Search, zone: str, today: str) -> None:
        self.store = store
        self.search = search
        self.zone = zone
        self.today = today

    def find(self, wanted: Filter, *, limit: int = 40, before: int | None = None) -> list[Hit]:
        """Newest first; `before` is the `n` of the last one of the page before.

        Fewer than `limit` means that there are no more.
        """
        if not wanted.words:
            return self._without_words(wanted, limit, TOP if before is None else before)
        plain = Filter(words=wanted.words, types=wanted.types, project=wanted.project)
        found: list[Hit] = []
        for _ in range(ROUNDS):
            hits = self.search.find(
                wanted.words,
                limit=limit,
                before=before,
                types=wanted.types or None,
                projects=(wanted.project,) if wanted.project else None,
            )
            found += hits if plain == wanted else self._fitting(wanted, hits)
            if len(hits) < limit or len(found) >= limit:
                break
            before = hits[-1].n
        return found

    def _fitting(self, wanted: Filter, hits: Sequence[Hit]) -> list[Hit]:
        """The hits that fit what the index does not know."""
        kept: set[str] = set()
        for name in {hit.type for hit in hits}:
            ids = [hit.id for hit in hits if hit.type == name]
            condition = SqlCondition(self.store, kinds[name], wanted, self.zone, self.today)
            where = condition.where("n>=?", "n<=?", f"id IN ({places(ids)})")
            params = (condition.low, condition.high, *ids, *condition.params)
            kept |= {
                id for (id,) in self.store.rows(f'SELECT id FROM "{name}" WHERE {where}', params)
            }
        return [hit for hit in hits if hit.id in kept]

    def _without_words(self, wanted: Filter, limit: int, before: int) -> list[Hit]:
        """Only filters: the newest of each type that knows them, merged."""
        types = wanted.types or [name for name, cls in kinds.items() if cls.kind.menu]
        every = [hit for name in types for hit in self._newest(kinds[name], wanted, limit, before)]
        return nlargest(limit, every, key=lambda hit: hit.n)

    def _newest(self, cls: type[Record], wanted: Filter, limit: int, before: int) -> list[Hit]:
        if wanted.states and not set(wanted.states) & set(cls.kind.by_state):
            return []
        condition = SqlCondition(self.store, cls, wanted, self.zone, self.today)
        high = min(condition.high, before - 1)
        where = f"WHERE {condition.where('n>=?', 'n<=?')} ORDER BY n DESC LIMIT {limit}"
        found = rows.fetch(self.store, cls, where, (condition.low, high, *condition.params))
        return [
            Hit(one.id, one.type, one.n, documents.body(one).split("\n", 1)[0][:80], ())
            for one in found
        ]
