"""Derived states: a state that is shown of a record because of other records, and never stored.

An area registers a class that takes the store and answers for its types:

    @derived_state("milestone", "delivery")
    class ConcessionHold: ...

A merge may bring together what no single book would have allowed; the moves stay in the history,
and the derived state is what every view, list, file and figure shows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from models.schema.lifecycle import State
from models.schema.record import Record
from models.storage.store import places
from models.text.words import Refused

if TYPE_CHECKING:
    from models.storage.store import Store


class DerivedState(Protocol):
    """Answers for the types it is registered for, over one look at the store."""

    def state(self, record: Record) -> str | None:
        """The name of the derived state of a record; None where the stored one holds."""

    def sql(self, type: str) -> tuple[str, list[Any]] | None:
        """The SQL expression of the shown state and its parameters; None where all is stored."""

    def bars_move(self, record: Record, to: str) -> Refused | None:
        """Why a record may not be brought into a state now, or None."""

    def bars_void(self, record: Record) -> Refused | None:
        """Why a record may not be taken out of use now, or None."""


Maker = Callable[["Store"], DerivedState]
AnyMaker = TypeVar("AnyMaker", bound=Callable[..., Any])
_makers: dict[str, Maker] = {}


def derived_state(*types: str) -> Callable[[AnyMaker], AnyMaker]:
    """Register what calculates the derived state of these types."""

    def register(maker: AnyMaker) -> AnyMaker:
        _makers.update(dict.fromkeys(types, maker))
        return maker

    return register


class StateView:
    """The states that are shown of many records: each derivation looks at the store once."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._looks: dict[Maker, DerivedState] = {}

    def derivation(self, type: str) -> DerivedState | None:
        """What calculates the derived state of a type, if anything does."""
        maker = _makers.get(type)
        if maker is None:
            return None
        if maker not in self._looks:
            self._looks[maker] = maker(self.store)
        return self._looks[maker]

    def state(self, record: Record) -> State:
        """The state that every view shows of a record."""
        look = self.derivation(record.type)
        name = look.state(record) if look is not None else None
        return record.kind.state(name or record.state)

    def sql(self, type: str) -> tuple[str, list[Any]]:
        """The SQL expression of the state that is shown of a type, and its parameters."""
        look = self.derivation(type)
        return (look.sql(type) if look is not None else None) or ("state", [])

    def narrowed(self, type: str, states: Sequence[str]) -> tuple[str, list[Any]]:
        """The SQL condition 'is shown in one of these states', and its parameters."""
        shown, params = self.sql(type)
        return f"{shown} IN ({places(states)})", [*params, *states]


def shown_state(store: Store, record: Record) -> State:
    """The state that is shown of one record."""
    return StateView(store).state(record)


def bars_move(store: Store, record: Record, to: str) -> Refused | None:
    """Why a record may not be brought into a state now, or None."""
    look = StateView(store).derivation(record.type)
    return look.bars_move(record, to) if look is not None else None


def bars_edit(store: Store, record: Record, values: Mapping[str, Any]) -> Refused | None:
    """Why these values of a record may not be written now, or None.

    Only a derivation that has a method of this name is asked.
    """
    ask = getattr(StateView(store).derivation(record.type), "bars_edit", None)
    return ask(record, values) if ask is not None else None


def noted(store: Store, record: Record, to: str) -> dict[str, Any]:
    """What the payload of a move into a state says of the decisions that allow it; mostly nothing.

    Only a derivation that has a method of this name is asked.
    """
    ask = getattr(StateView(store).derivation(record.type), "noted", None)
    return ask(record, to) if ask is not None else {}


def bars_void(store: Store, record: Record) -> Refused | None:
    """Why a record may not be taken out of use now, or None."""
    look = StateView(store).derivation(record.type)
    return look.bars_void(record) if look is not None else None
