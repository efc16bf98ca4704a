"""Derived states: a state that is shown of a record because of other records, and never stored.

An area registers a class that takes the store and answers for its types:

    @derived_state("milestone", "delivery")
    class ConcessionHold(DerivedState): ...

A merge may bring together what no single book would have allowed; the moves stay in the history,
and the derived state is what every view, list, file and figure shows. Of several derivations of
one type the first in `place` that says something is shown; each of them may refuse.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from models.schema.lifecycle import State
from models.schema.record import Record
from models.storage.store import places
from models.text.words import Refused

if TYPE_CHECKING:
    from models.storage.store import Store


class DerivedState:
    """Answers for the types it is registered for, over one look at the store.

    What a derivation does not answer says nothing, bars nothing and notes nothing.
    """

    def state(self, record: Record) -> str | None:  # noqa: ARG002
        """The name of the derived state of a record; None where the stored one holds."""
        return None

    def sql(self, type: str) -> tuple[str, list[Any]] | None:  # noqa: ARG002
        """The SQL expression of the shown state and its parameters; None where all is stored."""
        return None

    def bars_move(self, record: Record, to: str) -> Refused | None:  # noqa: ARG002
        """Why a record may not be brought into a state now, or None."""
        return None

    def bars_edit(self, record: Record, values: Mapping[str, Any]) -> Refused | None:  # noqa: ARG002
        """Why these values of a record may not be written now, or None."""
        return None

    def bars_void(self, record: Record) -> Refused | None:  # noqa: ARG002
        """Why a record may not be taken out of use now, or None."""
        return None

    def noted(self, record: Record, to: str) -> dict[str, Any]:  # noqa: ARG002
        """What the payload of a move into a state says of the decisions that allow it."""
        return {}


Maker = Callable[["Store"], DerivedState]
AnyMaker = TypeVar("AnyMaker", bound=Callable[..., Any])
AnyState = TypeVar("AnyState")
_makers: dict[str, tuple[tuple[int, Maker], ...]] = {}
"""Type -> (place, what derives its state), by place."""
PLACE = 50


def derived_state(*types: str, place: int = PLACE) -> Callable[[AnyMaker], AnyMaker]:
    """Register what calculates a derived state of these types; a smaller `place` is asked first."""

    def register(maker: AnyMaker) -> AnyMaker:
        for type in types:
            found: list[tuple[int, Maker]] = [*_makers.get(type, ()), (place, maker)]
            _makers[type] = tuple(sorted(found, key=lambda one: one[0]))
        return maker

    return register


class StateView:
    """The states that are shown of many records: each derivation looks at the store once."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._looks: dict[Maker, DerivedState] = {}

    def derivations(self, type: str) -> list[DerivedState]:
        """What calculates the derived state of a type, in the order in which it is asked."""
        found = []
        for _, maker in _makers.get(type, ()):
            if maker not in self._looks:
                self._looks[maker] = maker(self.store)
            found.append(self._looks[maker])
        return found

    def find(self, type: str, cls: builtins.type[AnyState]) -> AnyState | None:
        """The derivation of a type that is of a class, if it has one."""
        return next((look for look in self.derivations(type) if isinstance(look, cls)), None)

    def state(self, record: Record) -> State:
        """The state that every view shows of a record."""
        found = (look.state(record) for look in self.derivations(record.type))
        name = next((name for name in found if name is not None), record.state)
        return record.kind.state(name)

    def sql(self, type: str) -> tuple[str, list[Any]]:
        """The SQL expression of the state that is shown of a type, and its parameters."""
        shown: tuple[str, list[Any]] = "state", []
        for look in reversed(self.derivations(type)):
            said = look.sql(type)
            if said is None:
                continue
            (sql, params), (other, more) = said, shown
            if other == "state":
                shown = said
            else:
                shown = (
                    f"CASE WHEN ({sql})<>state THEN ({sql}) ELSE ({other}) END",
                    [
                        *params,
                        *params,
                        *more,
                    ],
                )
        return shown

    def narrowed(self, type: str, states: Sequence[str]) -> tuple[str, list[Any]]:
        """The SQL condition 'is shown in one of these states', and its parameters."""
        shown, params = self.sql(type)
        return f"{shown} IN ({places(states)})", [*params, *states]

    def bars_move(self, record: Record, to: str) -> Refused | None:
        """Why a record may not be brought into a state now, or None."""
        return _first(look.bars_move(record, to) for look in self.derivations(record.type))


def shown_state(store: Store, record: Record) -> State:
    """The state that is shown of one record."""
    return StateView(store).state(record)


def bars_move(store: Store, record: Record, to: str) -> Refused | None:
    """Why a record may not be brought into a state now, or None."""
    return StateView(store).bars_move(record, to)


def bars_edit(store: Store, record: Record, values: Mapping[str, Any]) -> Refused | None:
    """Why these values of a record may not be written now, or None."""
    looks = StateView(store).derivations(record.type)
    return _first(look.bars_edit(record, values) for look in looks)


def noted(store: Store, record: Record, to: str) -> dict[str, Any]:
    """What the payload of a move into a state says of the decisions that allow it; mostly {}."""
    found: dict[str, Any] = {}
    for look in StateView(store).derivations(record.type):
        found |= look.noted(record, to)
    return found


def bars_void(store: Store, record: Record) -> Refused | None:
    """Why a record may not be taken out of use now, or None."""
    return _first(look.bars_void(record) for look in StateView(store).derivations(record.type))


def _first(answers: Iterable[Refused | None]) -> Refused | None:
    return next((refused for refused in answers if refused is not None), None)
