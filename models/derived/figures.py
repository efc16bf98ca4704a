"""Figures: numbers that reports give, each with its formula, its version and the records behind.

A figure is declared once and is the same on the screen, on paper and in files. Its value is None
where it cannot be assessed: without cases there is neither 100 % nor 0. A family of figures shares
one reading of the book; both are registered in the `figures` module of their area:

    @reading("trends", W("趋势", "Trends"))
    def read(book: Book, scope: Scope) -> Reading | None: ...

    @figure("trends.closed", W("关闭", "closed"), W("…", "problems whose last closing …"))
    def closed(span: ProblemSpan) -> Counted:
        return counted(span.closed)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from models.calendar.business_dates import first_day, last_day, week_of
from models.frozen import Frozen, NamedTuple
from models.schema import late_modules
from models.schema.fields import open_words
from models.text.words import Refused, W

if TYPE_CHECKING:
    from models.book.book import Book

Unit = Literal["", "%", "h"]
"""A number of cases, a share in whole percent, hours."""
Value = int | str | None
"""A whole number or decimal text; None = not assessable."""
AnyFunction = TypeVar("AnyFunction", bound=Callable[..., Any])
UNKNOWN = W("没有指标“{name}”。可用：{known}。", "There is no figure “{name}”. Known: {known}.")
NOT_ASSESSABLE = W("不可评定", "not assessable")
WEEKS = 7
NAMES = "figures"
"""The set of names (`Spec.open`) from which a field takes a figure of any span of days."""


class Scope(NamedTuple):
    """What figures are about: some projects (ids), from one day to another, both included."""

    projects: tuple[str, ...]
    first: date
    last: date

    @property
    def week(self) -> str | None:
        """The ISO week, where it is exactly one."""
        whole = self.last - self.first == timedelta(days=WEEKS - 1) and self.first.isoweekday() == 1
        return week_of(self.first) if whole else None


def of_week(projects: Sequence[str], week: str) -> Scope:
    """The scope of one ISO week."""
    return Scope(tuple(projects), first_day(week), last_day(week))


class Counted(NamedTuple):
    """What a figure's function found."""

    value: Value
    n: int
    """The cases that it was calculated from."""
    records: tuple[str, ...] = ()
    """The ids of the records that it counts."""


class Kept(NamedTuple):
    """A figure as a report was issued with it."""

    name: str
    version: int
    value: int | str | None
    n: int


class Reading(NamedTuple):
    """What the functions of a family are given, and the values that were issued with it."""

    data: Any
    kept: Mapping[str, Kept] = {}


class FigureKind(Frozen):
    """A declared figure; `version` is raised whenever its formula changes."""

    name: str
    label: W
    formula: W
    version: int
    unit: Unit
    count: Callable[[Any], Counted]

    @property
    def family(self) -> str:
        """The part of the name before the point."""
        return self.name.partition(".")[0]


class Figure(NamedTuple):
    """A figure of a scope."""

    kind: FigureKind
    version: int
    """Of the formula that gave the value."""
    value: Value
    n: int
    records: tuple[str, ...]


_kinds: dict[str, FigureKind] = {}
_readings: dict[str, Callable[[Book, Scope], Reading | None]] = {}
_labels: dict[str, W] = {}
_narrow: set[str] = set()
"""The families that have no figures of any span of days."""


def figure(
    name: str, label: W, formula: W, *, version: int = 1, unit: Unit = ""
) -> Callable[[AnyFunction], AnyFunction]:
    """Register what counts a figure: a function of the data that its family reads."""

    def register(count: AnyFunction) -> AnyFunction:
        kind = _kinds[name] = FigureKind(name, label, formula, version, unit, count)
        if kind.family not in _narrow:
            open_words.setdefault(NAMES, {})[name] = full_label(kind)
        return count

    return register


def reading(
    family: str, label: W, *, of_weeks: bool = False, of_today: bool = False
) -> Callable[[AnyFunction], AnyFunction]:
    """Register `(book, scope)`: what a family is counted from; None where the scope has none.

    It stands before the figures of the family. One `of_weeks` has figures of single weeks only,
    one `of_today` figures of this very day.
    """

    def register(read: AnyFunction) -> AnyFunction:
        _readings[family], _labels[family] = read, label
        if of_weeks or of_today:
            _narrow.add(family)
        return read

    return register


def kinds(family: str = "") -> list[FigureKind]:
    """The declared figures, of one family or of all, in their order."""
    late_modules.load("figures")
    return [kind for kind in _kinds.values() if family in ("", kind.family)]


def kind_of(name: str) -> FigureKind:
    """A figure by its name. Raises `Refused` where there is none."""
    late_modules.load("figures")
    if name not in _kinds:
        family = name.partition(".")[0]
        near = sorted(one.name for one in kinds(family)) if family else []
        known = near or sorted({f"{one.family}.…" for one in _kinds.values()})
        raise Refused(UNKNOWN, name=name, known=", ".join(known))
    return _kinds[name]


def known(name: str) -> FigureKind | None:
    """A figure by its name; None where this program has none of it."""
    late_modules.load("figures")
    return _kinds.get(name)


def families() -> frozenset[str]:
    """The families that this program has."""
    return frozenset(_families())


def value_text(kind: FigureKind, value: Value) -> str:
    """A value with its unit; what cannot be assessed is said so."""
    return str(NOT_ASSESSABLE) if value is None else f"{value}{kind.unit}"


def figures(book: Book, scope: Scope, first: str = "") -> dict[str, list[Figure]]:
    """Family -> its figures of a scope, `first` before the others; each reads the book once."""
    families = sorted(_families(), key=lambda family: family != first)
    found = {family: list(_of_family(book, scope, family)) for family in families}
    return {family: some for family, some in found.items() if some}


def full_label(kind: FigureKind) -> W:
    """A figure's label behind that of its family."""
    family = _labels.get(kind.family)
    if family is None:
        return kind.label
    return W(f"{family.zh}：{kind.label.zh}", f"{family.en}: {kind.label.en}")


def family_label(family: str) -> W:
    """What a family is called."""
    return _labels[family]


def figure_of(book: Book, scope: Scope, name: str) -> Figure | None:
    """One figure of a scope; None where its family has none of such a scope."""
    found = of_family(book, scope, kind_of(name).family)
    return next((one for one in found if one.kind.name == name), None)


def of_family(book: Book, scope: Scope, family: str) -> list[Figure]:
    """The figures of one family, which reads the book once; none where it has none of the scope."""
    late_modules.load("figures")
    return list(_of_family(book, scope, family))


def _families() -> list[str]:
    late_modules.load("figures")
    return list(_readings)


def _of_family(book: Book, scope: Scope, family: str) -> Iterator[Figure]:
    read = _readings[family](book, scope)
    if read is not None:
        yield from of_data(family, read.data, read.kept)


def of_data(family: str, data: Any, kept: Mapping[str, Kept] | None = None) -> list[Figure]:
    """The figures of data that was read; those it was issued with stay what they were.

    A figure that was issued by another version of its formula has no records behind it: the
    present formula may count others.
    """
    found = []
    for kind in kinds(family):
        value, n, records = kind.count(data)
        issued = (kept or {}).get(kind.name)
        if issued is None and kept:
            continue  # declared after the issue
        if issued is None:
            found.append(Figure(kind, kind.version, value, n, tuple(records)))
        else:
            same = issued.version == kind.version
            behind = tuple(records) if same else ()
            found.append(Figure(kind, issued.version, issued.value, issued.n, behind))
    return found


def keep(found: Sequence[Figure]) -> list[Kept]:
    """Figures as a report keeps them."""
    return [Kept(one.kind.name, one.version, one.value, one.n) for one in found]


def counted(records: Sequence[str], of: int | None = None) -> Counted:
    """So many records, of so many cases (themselves without)."""
    found = tuple(dict.fromkeys(records))
    return Counted(len(found), len(found) if of is None else of, found)


def share(met: int, n: int, records: Sequence[str] = ()) -> Counted:
    """A share in whole percent, rounded down; not assessable without cases."""
    return Counted(met * 100 // n if n else None, n, tuple(records))


def none() -> Counted:
    """Not assessable."""
    return Counted(None, 0)
