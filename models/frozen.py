"""Frozen values: declared and used like a frozen dataclass, and made a class twenty times faster.

`dataclass` writes and compiles the methods of each class, 0.5 to 1.5 ms of every start; a list has
thirty of them. These share theirs. Comparing is slower, making an object and reading it are not:
what is compared or hashed by the thousand is a `NamedTuple`, here without the reading of its hints
that takes `typing` most of the time.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable
from dataclasses import MISSING, Field, dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, Self, dataclass_transform

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:
    from _collections import _tuplegetter

    class _Tuple(tuple):
        """What all named tuples share. `namedtuple` writes these methods for each class."""

        __slots__ = ()

        @classmethod
        def _make(cls, values: Iterable[Any]) -> Any:
            made = tuple.__new__(cls, values)
            if len(made) != len(cls._fields):
                raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(made)}")
            return made

        def _replace(self, /, **changes: Any) -> Any:
            made = self._make(map(changes.pop, self._fields, self))
            if changes:
                raise ValueError(f"Got unexpected field names: {list(changes)!r}")
            return made

        def _asdict(self) -> dict[str, Any]:
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self) -> str:
            said = ", ".join(f"{n}={one!r}" for n, one in zip(self._fields, self, strict=True))
            return f"{type(self).__name__}({said})"

        def __getnewargs__(self) -> tuple[Any, ...]:
            return tuple(self)

    class _NamedTupleType(type):
        """Makes of a class of hints, defaults and methods the tuple that `typing` makes of it.

        What `namedtuple` compiles, the fast way to make one, is compiled with the first one: most
        classes have none in a start.
        """

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
            if not bases:
                return super().__new__(cls, name, bases, body)
            hints = body.pop("__annotations__", {})
            fields = tuple(hints)
            defaults = {one: body.pop(one) for one in hints if one in body}

            def first(of: type, /, *values: Any, **named: Any) -> Any:
                twin = namedtuple(name, fields, defaults=defaults.values())
                made.__new__ = staticmethod(twin.__new__)
                return twin.__new__(of, *values, **named)

            own = {
                "__slots__": (),
                "__annotations__": hints,
                "__match_args__": fields,
                "__new__": first,
                "_fields": fields,
                "_field_defaults": defaults,
            }
            places = {one: _tuplegetter(place, one) for place, one in enumerate(fields)}
            made = type(name, (_Tuple,), own | places | body)
            return made

    class NamedTuple(metaclass=_NamedTupleType):
        """The base of a named tuple; with more bases use that of `typing`."""


class _DataclassFields:
    """Makes `dataclasses.replace`, `fields` and `asdict` take such a value; made when asked."""

    def __get__(self, _one: object, cls: type[Frozen]) -> dict[str, Field[Any]]:
        found = cls.__dict__.get("_twin")
        if found is None:
            body = {**cls._defaults, "__annotations__": dict.fromkeys(cls._names, "Any")}
            found = dataclass(kw_only=True)(type(cls.__name__, (), body))
            cls._twin = found
        fields: dict[str, Field[Any]] = found.__dataclass_fields__
        return fields


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Frozen:
    """The base of such a value; `class Move(Frozen, kw_only=True)` takes no values by place.

    A default is a value, or `dataclasses.field` with a factory, `compare=False` or `repr=False`.
    """

    _names: ClassVar[tuple[str, ...]] = ()
    _known: ClassVar[frozenset[str]] = frozenset()
    _needed: ClassVar[frozenset[str]] = frozenset()
    _compared: ClassVar[tuple[str, ...]] = ()
    _shown: ClassVar[tuple[str, ...]] = ()
    _factories: ClassVar[dict[str, Callable[[], Any]]] = {}
    _defaults: ClassVar[dict[str, Any]] = {}
    _by_place: ClassVar[bool] = True
    _twin: ClassVar[Any] = None
    if TYPE_CHECKING:
        __dataclass_fields__: ClassVar[dict[str, Field[Any]]]
    else:
        __dataclass_fields__ = _DataclassFields()

    def __init_subclass__(cls, *, kw_only: bool = False) -> None:
        own = [n for n, hint in cls.__annotations__.items() if not str(hint).startswith("ClassVar")]
        defaults = {name: cls.__dict__[name] for name in own if name in cls.__dict__}
        cls._names = (*cls._names, *own)
        cls._defaults = {**cls._defaults, **defaults}
        cls._by_place = not kw_only
        special = {name: one for name, one in cls._defaults.items() if isinstance(one, Field)}
        for name in special.keys() & defaults.keys():
            delattr(cls, name)
            if special[name].default is not MISSING:
                setattr(cls, name, special[name].default)
        made = {name: one.default_factory for name, one in special.items()}
        cls._factories = {name: make for name, make in made.items() if make is not MISSING}
        cls._known = frozenset(cls._names)
        cls._needed = frozenset(
            n for n in cls._names if not hasattr(cls, n) and n not in cls._factories
        )
        silent = {name for name, one in special.items() if not one.compare}
        cls._compared = tuple(name for name in cls._names if name not in silent)
        hidden = {name for name, one in special.items() if not one.repr}
        cls._shown = tuple(name for name in cls._names if name not in hidden)

    @classmethod
    def attributes(cls) -> tuple[str, ...]:
        """The names of its attributes, in order."""
        return cls._names

    def __init__(self, *values: Any, **named: Any) -> None:
        held = self.__dict__
        if values:
            held.update(zip(self._names, values, strict=False))
        held.update(named)
        given = len(values) + len(named)
        if (
            len(held) != given
            or not self._needed <= held.keys() <= self._known
            or (values and not self._by_place)
        ):
            raise TypeError(self._mistake(values, named))
        for name, make in self._factories.items():
            if name not in held:
                held[name] = make()
        self.__post_init__()

    def __post_init__(self) -> None:
        """Check what was given; for classes that need it."""

    def _mistake(self, values: tuple[Any, ...], named: dict[str, Any]) -> str:
        """What is wrong with the values that were given."""
        name = type(self).__name__
        placed = self._names[: len(values)] if self._by_place else ()
        if len(placed) < len(values):
            return f"{name}: {len(values)} values by place, {len(placed)} are taken"
        if unknown := sorted(named.keys() - self._known):
            return f"{name} has no {', '.join(unknown)}"
        if twice := sorted(named.keys() & set(placed)):
            return f"{name}: {', '.join(twice)} given twice"
        return f"{name} needs {', '.join(sorted(self._needed - named.keys() - set(placed)))}"

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{type(self).__name__}.{name} cannot be changed")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"{type(self).__name__}.{name} cannot be changed")

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        if self.__dict__ == other.__dict__:
            return True
        return all(getattr(self, name) == getattr(other, name) for name in self._compared)

    def __hash__(self) -> int:
        return hash(tuple(getattr(self, name) for name in self._compared))

    def __repr__(self) -> str:
        said = ", ".join(f"{name}={getattr(self, name)!r}" for name in self._shown)
        return f"{type(self).__qualname__}({said})"

    def but(self, **changes: Any) -> Self:
        """The same with other values of some attributes."""
        return type(self)(**{name: getattr(self, name) for name in self._names} | changes)
