"""A book that took over what odd devices sent: right seals, right types, and values of no sense.

A member with every role writes each type in each of its states, with values that the book's own
door would refuse; the founder's book takes them. A merged record that fails its schema is shown
for review, never refused: so whatever reads this book must stand.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any, ClassVar

import models.records  # noqa: F401  declares the types
from models.book.approval.passage import PASSED_BEFORE
from models.book.permissions import IMPORT
from models.book.writing.record_writer import by_register, spread
from models.calendar.business_dates import EARLIEST, LATEST
from models.derived.figures import Kept
from models.records.weekly.week.content import CheckPart, FilePart, MemberPart, RecordPart
from models.schema.fields import Spec
from models.schema.kind import Kind
from models.schema.natural_keys import file_of, file_space, key_id, key_space
from models.schema.record import Record
from models.schema.roles import AUTHOR, ROLES
from sync.changes.change import Dot
from sync.trust import device_key
from tests.support import issued_weeks
from tests.support.hostile import PAYLOADS
from tests.support.hostile_book import Ids, ordered
from tests.support.replicas import Replica, Team, give

HUGE = 1 << 62
GIANT = "巨" * 60_000
ESC = PAYLOADS["clear screen"] + PAYLOADS["bidi override"] + "\n" + PAYLOADS["action tag"]
NOWHERE = "00000000-0000-4000-8000-000000000000"
DAYS = (
    *("nonsense", "2026-13-45", "9999-12-31", "0001-01-01", "", "2026-11-2x", "20261122"),
    *("2026-W47-1", "9998-12-31", "1900-01-01", "２０２６-11-22", ESC),
)
WEEKS = ("2026-W99", "x", "", "2026-W47", "9999-W01", "0001-W01", "2026-W00", "２０２６-W47", ESC)
NUMBERS = (
    *("NaN", "Infinity", "-Infinity", "sNaN", "1e999999", "-1e999999", "٣", "-", "", "abc"),
    *("9" * 5000, "1e-999999", ESC),
)
QUARTERS = (
    *("2026-Q9", "x", "", "2026-Q4", "9999-Q1", "0001-Q1", "２０２６-Q4", ESC),
    *("2026-Q0", "Q4", "2026-4", "2026-Q1", "2025-Q4"),
)
AMOUNTS = ("CNY 1", "CNY NaN", "CNY 01", "cny 1", "1", "", "CNY " + "9" * 5000, "XXX -0", ESC)
LISTS = (NOWHERE, f"{NOWHERE},{NOWHERE}", "b,a", ",", ",,", "a b", "," * 500, ESC)
WHOLES = (HUGE, -HUGE, 0, -1, 1)
HASHES = ("", "../x", "xyz", "0" * 63, "G" * 64, "0" * 64, ESC)
JSON = ("[]", "nonsense", "null", '{"x": 1}', '{"x": {"state": [[1, "y"]]}}', "[" * 50_000, "{}")
YEARS = (
    "", "x", "date,day,statutory,name_zh,name_en\n0001-01-01,off,yes,元旦,x",
    "date,day,statutory,name_zh,name_en\n9999-12-31,off,yes,x,x", ESC, '"', "[" * 50_000,
)  # fmt: skip
VERSIONS = (*range(-3, 9), HUGE)
OWN: dict[tuple[str, str], Sequence[Any]] = {
    ("weekly_report", "covers"): JSON,
    ("calendar_year", "content"): YEARS,
    ("template", "rounds"): (HUGE,),
    ("vocabulary", "version"): VERSIONS,
    ("rule_table", "version"): VERSIONS,
}
"""Fields with a form of their own, or of a natural key: two of a kind would be one record."""
LINES = (ESC, "两行\n字", "", "好", GIANT, "\r\n", "=1+1")
POOLS: dict[str, Sequence[Any]] = {
    **{"day": DAYS, "week": WEEKS, "number": NUMBERS, "moment": WHOLES, "count": WHOLES},
    **{"choice": LINES, "quarter": QUARTERS, "money": AMOUNTS, "persons": LISTS},
    **{"file": HASHES, "line": LINES, "prose": LINES, "flag": (True, False)},
}
VARIANTS = 13
"""Records of a type at least: as many as the longest list of values."""


class Liar:
    """A device whose program seals whatever it likes."""

    spaces: ClassVar[dict[str, str]] = {}
    """The spaces of restricted records and of their rows, by id."""

    def __init__(self, one: Replica, project: str, births: dict[str, Dot]) -> None:
        self.one = one
        self.me = one.book.me
        self.project = project
        self._births = births
        self._numbers = count(1)

    def born(
        self, cls: type[Record], fields: Mapping[str, Any], id: str = "", **header: Any
    ) -> str:
        """A creation; the id is the right one of a natural key."""
        kind, project = cls.kind, header.pop("project", self._project(cls.kind))
        space = header.pop(
            "space", f"p:{project}" if project and kind.space != "company" else "company"
        )
        if kind.key:
            values: dict[str, Any] = {}
            for register, value in fields.items():
                values |= spread(cls, register, value)
            apart = key_space(kind, project) if kind.space == "restricted" else space
            id = key_id(kind, apart, project, self.me, values)
        id = id or device_key.new_id()
        if kind.space == "restricted":
            space = file_space(kind.name, project, id)
        above = self.spaces.get(str(fields.get(kind.parent))) if kind.parent else None
        if above is not None:  # a row of a restricted record is kept with it
            space, project = above, file_of(above).project  # type: ignore[union-attr]
        if file_of(space) is not None:
            self.spaces[id] = space
        now = self.one.workspace.log.now()
        plain = {
            "ref": None, "number": f"{kind.code}-2026-Z-{next(self._numbers):04d}",
            "project": project, "occurred": now, "recorded": now, "author": self.me,
        }  # fmt: skip
        told = {"state": kind.states[0].name, **fields}
        self._births[id] = self.append(space, kind, id, told, {}, header={**plain, **header})
        return id

    def _project(self, kind: Kind) -> str | None:
        within = kind.space == "parent" and kind.project != "none"
        return self.project if kind.project == "required" or within else None

    def brought(
        self, cls: type[Record], other: Liar, id: str, to: str, fields: Mapping[str, Any]
    ) -> None:
        """Into a state by an import; by the other one's move where that asks for two people."""
        kind, dot = cls.kind, self._births[id]
        ways = [move for move in kind.moves if move.to == to]
        pair = bool(ways) and all(move.four_eyes for move in ways)
        via = ways[0].from_[0] if pair else to
        if via != kind.states[0].name:
            told = {"move": IMPORT, "from": kind.states[0].name, "to": via, "role": AUTHOR}
            dot = self.moved(cls, id, told, dot, fields, tx=dot[1])
        if pair:
            told = {"move": ways[0].id, "from": via, "to": to, "role": ways[0].who[0]}
            other.moved(cls, id, told, dot, {})

    def moved(
        self,
        cls: type[Record],
        id: str,
        told: Any,
        dot: Dot,
        fields: Mapping[str, Any],
        **more: Any,
    ) -> Dot:
        """A move, with words of no sense."""
        known = self.one.workspace.store.meta("members")
        move = {
            **told, "alone": True, "members": known, "comment": ESC,
            "saw": {"state": [dot], "nosuch": [dot]}, "other": [{"x": [GIANT]}],
        }  # fmt: skip
        base = {name: [self._births[id]] for name in fields} | {"state": [dot]}
        written = {"state": told["to"], **fields}
        return self.append(self._space(cls, id), cls.kind, id, written, base, move=move, **more)

    def _space(self, cls: type[Record], id: str) -> str:
        if id in self.spaces:
            return self.spaces[id]
        within = cls.kind.space != "company" and self._project(cls.kind)
        return f"p:{self.project}" if within else "company"

    def edited(self, cls: type[Record], id: str, fields: Mapping[str, Any]) -> Dot:
        """An edit of what was born in its first state."""
        base = {name: [self._births[id]] for name in ("state", *fields)}
        return self.append(self._space(cls, id), cls.kind, id, fields, base)

    def append(
        self, space: str, kind: Kind, id: str, fields: Mapping[str, Any], base: Any, **more: Any
    ) -> Dot:
        """Log one change, without a row of our own."""
        log = self.one.workspace.log
        with self.one.workspace.store.write():
            seq, _ = log.append(
                space=space, type=kind.name, record=id, fields=fields, base=base, **more
            )
        return log.device, seq


def values_of(cls: type[Record], at: int, made: Ids, *, by_move: bool = False) -> dict[str, Any]:
    """A value of no sense for each field that is written with or without a move."""
    found = {}
    for place, (name, spec) in enumerate(cls.specs().items()):
        if spec.by_move is not by_move:
            continue
        if name == PASSED_BEFORE:
            continue  # what it names is waited for, and what is no form of it is refused
        if spec.choices:
            found[name] = spec.choices[at % len(spec.choices)].name
        elif spec.kind == "link":
            found[name] = _link(cls, name, spec, at, made)
        elif own := OWN.get((cls.kind.name, name)):
            found[name] = own[at % len(own)]
        else:
            found[name] = _of_pool(POOLS[spec.kind], at + place, at)
    return {name: value for name, value in found.items() if value is not None}


def _of_pool(pool: Sequence[Any], place: int, at: int) -> Any:
    value = pool[place % len(pool)]
    return value if value != GIANT or at == 0 else "巨"


def _link(cls: type[Record], name: str, spec: Spec, at: int, made: Ids) -> str:
    """Mostly what it should point to, so that pages find it; else nothing, or something else."""
    odd = (NOWHERE, made["project"][0], "../x", "", ESC, "x" * 300)
    if at % 3 == 1 and name != cls.kind.parent:
        return odd[at // 3 % len(odd)]
    pool = made.get(spec.target) or made.get("fix") or list(odd)
    return pool[at % len(pool)]


HEADS: dict[int, dict[str, Any]] = {
    2: {"number": ESC},
    3: {"number": "号" * 200},
    4: {"occurred": EARLIEST, "recorded": LATEST},
    5: {"occurred": LATEST, "recorded": EARLIEST},
    6: {"ref": "same"},
    7: {"ref": "same"},
    8: {"ref": ESC, "number": "FX-2026-A-0001"},
    9: {"ref": "=1+1\n" + "号" * 195, "number": " "},
}
"""Headers of no sense, by the place of a record among those of its type."""


def _write(liars: Sequence[Liar], made: Ids) -> None:
    """Each type, each state, each value."""
    for cls in ordered():
        ids = made.setdefault(cls.kind.name, [])
        for at in range(max(VARIANTS, len(cls.kind.states))):
            ids.append(_one(liars, cls, at, made))


def _one(liars: Sequence[Liar], cls: type[Record], at: int, made: Ids) -> str:
    """One record: born, brought into a state, edited by two at once."""
    liar, other = liars
    head = HEADS.get(at, {}) | ({"project": "../x"} if _loose(cls.kind) and at == 10 else {})
    id = device_key.new_id()
    fields = {} if at == 11 else by_register(cls, values_of(cls, at, made) | _itself(cls, at, id))
    id = liar.born(cls, fields, id, **head)
    moved = by_register(cls, values_of(cls, at, made, by_move=True) | _issued(cls, liar, fields))
    liar.brought(cls, other, id, cls.kind.states[at % len(cls.kind.states)].name, moved)
    if at in (1, 12) and not cls.kind.add_only:
        free = {n for n, s in cls.specs().items() if not (s.by_move or s.at_birth)}
        for one in liars:
            later = values_of(cls, at + 2 + liars.index(one), made)
            kept = {name: value for name, value in later.items() if name in free}
            one.edited(cls, id, _torn(cls, by_register(cls, kept)))
    return id


def _issued(cls: type[Record], liar: Liar, fields: Mapping[str, Any]) -> dict[str, str]:
    """Data of a compiled report in the right form, for that record, and of no sense."""
    if not cls.kind.compiled:
        return {}
    odd = issued_weeks.problem(NOWHERE, number=ESC, type="nosuch", phenomenon=HUGE, cause=ESC)
    member = MemberPart(ESC, ESC, ESC, True, "../x", True, ESC, ESC, "NaN", *(ESC, GIANT, 5, None))
    part = RecordPart("milestone", NOWHERE, ESC, ESC, [ESC], ESC, ESC, {"due": ESC, "name": True})
    check = CheckPart(NOWHERE, ESC, ESC, -HUGE, HUGE, 0, -1, [ESC], [], ["../x"])
    figures = [Kept("week.solved", 99, "NaN", -1), Kept(ESC, 1, None, 0)]
    more: dict[str, Any] = {"health": ESC, "members": [member], "problems": [odd, odd]}
    more |= {"milestones": [part], "checks": [check], "figures": figures, "found": [ESC]}
    more |= {"files": [FilePart(ESC, -HUGE, ESC, "../x")]}
    return {cls.kind.compiled: issued_weeks.packed(liar.project, fields.get("week", ""), **more)}


def _torn(cls: type[Record], registers: dict[str, Any]) -> dict[str, Any]:
    """The same; of each group only a part is said."""
    for register, fields in cls.registers().items():
        if len(fields) > 1 and register in registers:
            registers[register].pop(fields[0])
    return registers


def _itself(cls: type[Record], at: int, id: str) -> dict[str, str]:
    """Links of one record to itself."""
    specs, own = cls.specs().items(), ("", cls.kind.name)
    links = [n for n, s in specs if s.kind == "link" and s.target in own and not s.by_move]
    return dict.fromkeys(links, id) if at == 12 else {}


def _loose(kind: Kind) -> bool:
    return kind.space == "company" and kind.project == "optional"


@cache
def _made() -> tuple[Path, Ids]:
    """The founder's book after it took everything; it goes when the process ends."""
    folder = tempfile.TemporaryDirectory(prefix="nonsense-")
    _kept.append(folder)
    team = Team.copied(Path(folder.name), "eve", "mallory", roles=tuple(ROLES), met=True)
    births: dict[str, Dot] = {}
    liars = [Liar(one, team.project, births) for one in team.all[1:]]
    made: Ids = {"project": [team.project], "person": [liars[0].me, NOWHERE, ESC]}
    _write(liars, made)
    for _ in range(2):
        for one in team.all[1:]:
            report = give(one, team.founder)
            assert not report.refused, [str(why) for why in report.refused]
    team.close()
    for one in team.all[1:]:
        shutil.rmtree(one.home)  # a hundred megabytes that nobody asks for
    return team.founder.home, made


_kept: list[tempfile.TemporaryDirectory[str]] = []


def make(home: Path) -> Ids:
    """A copy of the book, made once a process; its records by type."""
    kept, made = _made()
    shutil.copytree(kept, home)
    return made
