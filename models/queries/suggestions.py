"""Suggestions: the few records or people that a picker offers for what is typed so far.

A record is found by a part of its number or of any of its short texts, and by the pinyin of what
names it. Pinyin costs a dictionary: `Spelt` is made in a thread (it reads no database).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from models.book.derived_state import StateView
from models.schema.kind import Kind
from models.schema.record import Record, kinds
from models.storage import rows
from models.storage.store import places
from models.text.pinyin import fold, initials_of, pinyin_of, squeeze
from models.text.words import language

if TYPE_CHECKING:
    from models.book.book import Book
    from models.storage.store import Store

SPELT_MOST = 5000
"""Newest records of a type whose names are spelt out."""
ENOUGH = 8
Spelt = Mapping[str, tuple[str, str]]
"""Record id -> (initials, pinyin) of its name."""


class Offer(NamedTuple):
    """One record or person that may be meant: what it is called, and what distinguishes it."""

    id: str
    title: str
    number: str
    note: str = ""


def offers(
    book: Book,
    target: str,
    text: str,
    *,
    within: Mapping[str, str] | None = None,
    spelt: Spelt | None = None,
    limit: int = ENOUGH,
) -> list[Offer]:
    """Whom or what `text` may mean, the best first; no text offers the newest.

    `target` is a type, 'person', or '' for any type; `within` narrows by fields (equipment of
    one site).
    """
    if target == "person":
        return [Offer(p.id, p.name, "", p.title or "") for p in book.people.find(text, limit)]
    types = [kinds[target]] if target in kinds else list(kinds.values())
    found: list[Offer] = []
    look = StateView(book.store)
    for cls in types:
        for record in _matching(book.store, cls, text, within or {}, spelt or {}, limit):
            found.append(_offer(look, record))
    known = fold(text).strip()
    return sorted(found, key=lambda offer: _place(offer, known))[:limit]


def names(store: Store, target: str) -> list[tuple[str, str]]:
    """(id, name) of the newest records of a type, to be spelt out; none where names are prose."""
    cls = kinds.get(target)
    if cls is None or not (said := naming(cls.kind)) or cls.specs()[said[-1]].kind != "line":
        return []
    columns = " || ' ' || ".join(f"coalesce(\"{name}\", '')" for name in said)
    sql = f'SELECT id, {columns} FROM "{target}" WHERE void IS NULL ORDER BY n DESC LIMIT ?'
    return [(str(id), str(name)) for id, name in store.rows(sql, (SPELT_MOST,))]


def spell(named: Iterable[tuple[str, str]]) -> Spelt:
    """The names with initials and pinyin; slow at first (75 microseconds a name)."""
    return {id: _spelling(name) for id, name in named}


def naming(kind: Kind) -> list[str]:
    """The fields that name a record: in English the English one first, where one is declared."""
    if not kind.title.endswith("_zh"):
        return [kind.title] if kind.title else []
    return [f"{kind.title.removesuffix('_zh')}_{language.now}", kind.title][language.now == "zh" :]


@lru_cache(4 * SPELT_MOST)
def _spelling(name: str) -> tuple[str, str]:
    return initials_of(name), pinyin_of(name)


def _matching(
    store: Store,
    cls: type[Record],
    text: str,
    within: Mapping[str, str],
    spelt: Spelt,
    limit: int,
) -> list[Record]:
    parts = ["void IS NULL", *(f'"{name}"=?' for name in within)]
    params: list[object] = list(within.values())
    if text.strip():
        short = [n for n, spec in cls.specs().items() if spec.kind == "line"]
        like = " OR ".join(f"\"{name}\" LIKE ? ESCAPE '\\'" for name in ("number", *short))
        by_sound = _sounding(spelt, squeeze(text), limit)
        ids = f" OR id IN ({places(by_sound)})" if by_sound else ""
        parts.append(f"({like}{ids})")
        params += [f"%{_plain(text.strip())}%"] * (len(short) + 1) + list(by_sound)
    order = f"ORDER BY n DESC LIMIT {limit}"
    return list(rows.fetch(store, cls, f"WHERE {' AND '.join(parts)} {order}", params))


def _sounding(spelt: Spelt, typed: str, limit: int) -> Sequence[str]:
    """Ids whose pinyin or initials begin with, else hold, what was typed."""
    if not typed or not typed.isascii():
        return ()
    begins = [id for id, parts in spelt.items() if any(p.startswith(typed) for p in parts)]
    holds = [id for id, parts in spelt.items() if any(typed in p for p in parts)]
    return list(dict.fromkeys([*begins[:limit], *holds[:limit]]))[:limit]


def _plain(text: str) -> str:
    """Text in which LIKE finds no wildcard."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _offer(look: StateView, record: Record) -> Offer:
    kind, specs = record.kind, type(record).specs()
    title = next((text for name in naming(kind) if (text := getattr(record, name))), None)
    more = [n for n in kind.columns if n in specs and specs[n].kind == "line" and n != kind.title]
    notes = [str(value) for name in more[:2] if (value := getattr(record, name))]
    state = look.state(record)
    if state.ended:
        notes.insert(0, str(state.label))
    return Offer(record.id, str(title or record.number), record.number, " ".join(notes))


def _place(offer: Offer, known: str) -> tuple[bool, bool]:
    """What is exactly or first called so comes first; else the order stays, newest first."""
    names = (fold(offer.title), fold(offer.number))
    return (known not in names, not names[0].startswith(known))
