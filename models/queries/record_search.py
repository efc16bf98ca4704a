"""Record search: one search over all types, narrowed by the same filters as every list."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import nlargest
from typing import TYPE_CHECKING

from models.book.derived_state import StateView
from models.queries.filters import Filter
from models.queries.paging import TOP, SqlCondition
from models.schema.record import Record, kinds
from models.search import documents, ranking
from models.search.engine import Hit
from models.search.ranking import named_types, proper_types
from models.storage import rows
from models.storage.store import places

if TYPE_CHECKING:
    from models.search.engine import Search
    from models.storage.store import Store

MEANT = 40
"""Hits among which the most likely are looked for."""
FEW = 8
"""Hits below which words are looked for in other ways."""
ROUNDS = 25
"""Pages of hits looked through for one page that fits the other filters too."""


class Finder:
    """Finds the newest records of any type that fit a filter; usable from any thread."""

    def __init__(self, store: Store, search: Search, zone: str, today: str) -> None:
        self.store = store
        self.search = search
        self.zone = zone
        self.today = today
        self._look = StateView(store)

    def first(self, wanted: Filter, limit: int) -> tuple[list[Hit], int | None]:
        """The first page of a search for words, and where the next begins (None: nowhere).

        The newest, and what is called so however old it is: answers and notes, the newest of all,
        must not hide the records themselves. Names that have the words with gaps come where there
        is little else.
        """
        hits = self.find(wanted, limit=limit)
        next = hits[-1].n if len(hits) >= limit else None
        if not wanted.words:
            return hits, next
        if next is not None:
            for types, named in ((named_types(), True), (proper_types(), False)):
                some = tuple(one for one in types if one in (wanted.types or types))
                if some and (named or some != wanted.types):
                    hits += self.find(wanted.but(types=some), limit=limit, named=named)
        elif len(hits) < FEW:
            hits += self.find(wanted, limit=FEW, named=True, scattered=True)
        return list({hit.id: hit for hit in hits}.values()), next

    def best(self, wanted: Filter, limit: int) -> list[Record]:
        """The few records of their own that are most likely meant."""
        hits, _ = self.first(wanted, MEANT)
        groups = ranking.ranked(self.records(hits), wanted.words, self.is_open)
        found = [
            hit
            for group in groups
            for hit in group.hits
            if not ranking.is_row(kinds[group.type].kind)
        ]
        known = {record.id: record for _, record in self.records(found[:limit])}
        return [known[hit.id] for hit in found[:limit] if hit.id in known]

    def records(self, hits: Sequence[Hit]) -> list[tuple[Hit, Record]]:
        """Hits with their records, without those that are gone since."""
        ids: dict[str, list[str]] = {}
        for hit in hits:
            ids.setdefault(hit.type, []).append(hit.id)
        known = {
            one.id: one
            for name, some in ids.items()
            for one in rows.fetch(self.store, kinds[name], f"WHERE id IN ({places(some)})", some)
        }
        return [(hit, known[hit.id]) for hit in hits if hit.id in known]

    def is_open(self, record: Record) -> bool:
        """Whether somebody has a next step."""
        return record.void is None and not self._look.state(record).ended

    def find(
        self,
        wanted: Filter,
        *,
        limit: int = 40,
        before: int | None = None,
        named: bool = False,
        scattered: bool = False,
    ) -> list[Hit]:
        """Newest first; `before` is the `n` of the last one of the page before.

        Fewer than `limit` means that there are no more. See `Search.find` for the rest.
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
                named=named,
                scattered=scattered,
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
