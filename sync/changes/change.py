"""A change: one save of one record, in the one byte form that is hashed, stored and sent.

The form is UTF-8 JSON with sorted keys, no spaces, nothing escaped that need not be, no floats.
Each device's changes in a space form a chain of SHA-256 hashes over exactly these bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NoReturn, cast

from models.book.approval import passage
from models.book.approval.coverage import APART, ROWS, decode, named
from models.frozen import NamedTuple
from models.text.strict_json import signed_reader
from models.text.words import Refused, W

Dot = tuple[str, int]
"""A version: (device id, sequence), within the record's space."""

Base = Mapping[str, Sequence[Dot]]
"""Register -> the versions that the person had seen when the form was opened."""

SIZE = 4 << 20
"""Most bytes in a change: sixteen texts of the greatest length."""
TEXT = 256 << 10
"""Most UTF-8 bytes in one text."""
DEPTH = 32
NAME = 200
"""Most characters in an id or a name of the envelope."""
WHOLE = 1 << 63
FORMAT = 1

MALFORMED = W(
    "一条改动不能采用：{why}。请更新写出它的电脑上的程序，再同步一次。",
    "A change cannot be taken: {why}. Update the program on the device that wrote it, then sync.",
)
NEWER = W(
    "一条改动出自更新的版本，这台电脑还读不了。请更新本机的程序，再同步一次。",
    "A change was written by a newer version. Update the program on this device, then sync.",
)
NOT_JSON = W("内容不是规定格式的文本", "its bytes are not text in the agreed form")
NOT_CANONICAL = W(
    "键重复，或不是规定的唯一写法", "it repeats a key or is not in the one agreed form"
)
SHAPE = W("缺少或写错了 {part} 部分", "its part {part} is missing or wrong")
NUMBER = W("数字不是允许范围内的整数", "a number is not a whole number within bounds")
TOO_LONG = W("文本超过 256 KiB", "a text is longer than 256 KiB")
TOO_BIG = W("超过 4 MiB", "it is larger than 4 MiB")
TOO_DEEP = W("嵌套太深", "it is nested too deeply")
CHARACTER = W("含有空字符或不成对的代理字符", "a text holds NUL or half a character")
AHEAD = W("依据里有它自己或之后的版本", "its base names itself or a later version")

_KNOWN = frozenset("vsdqatrxfbhm")


class LoggedRow(NamedTuple):
    """A change as the log has it; its body may be pruned."""

    seq: int
    at: int
    type: str
    record: str
    body: bytes


@dataclass(slots=True)
class Change:
    """One save of one record by one device; `fields`, `base`, `header`, `move` are plain JSON.

    `at` is a hybrid clock value (`sync.changes.hybrid_clock`), for showing and for ties only.
    `header` comes with a creation, `move` with a change of state. `extra` holds top-level keys that
    this version of the program does not know; they are kept and sent on untouched.

    A change is never written into. `Final` says so to the type checker: `frozen` would say it at
    run time too, and makes an object six times as slow, which a first pull of 10,000 feels.
    """

    space: Final[str]
    device: Final[str]
    seq: Final[int]
    at: Final[int]
    type: Final[str]
    record: Final[str]
    tx: Final[int]
    """The sequence of the first change of its transaction in this space."""
    fields: Final[Mapping[str, object]]
    base: Final[Base]
    header: Final[Mapping[str, object] | None] = None
    move: Final[Mapping[str, object] | None] = None
    extra: Final[Mapping[str, object]] = field(default_factory=dict)

    @property
    def dot(self) -> Dot:
        """The version that this change gives to every register it writes."""
        return self.device, self.seq

    def canonical(self) -> bytes:
        """The bytes that are hashed. Raises `Refused` for half a character or a giant."""
        form: dict[str, object] = {
            "a": self.at,
            "b": self.base,
            "d": self.device,
            "f": self.fields,
            "q": self.seq,
            "r": self.record,
            "s": self.space,
            "t": self.type,
            "v": FORMAT,
            "x": self.tx,
        }
        if self.header is not None:
            form["h"] = self.header
        if self.move is not None:
            form["m"] = self.move
        if self.extra:
            form.update(self.extra)
        try:
            body = _encode(form).encode()
        except UnicodeEncodeError:
            _refuse(CHARACTER)
        return body if len(body) <= SIZE else _refuse(TOO_BIG)

    def check(self) -> None:
        """Raise `Refused` unless types and bounds hold, for our own changes and others' alike."""
        for name in (self.space, self.device, self.type, self.record):
            _name(name)
        _whole(self.seq, 1)
        _whole(self.at, 0)
        _whole(self.tx, 1)
        if self.tx > self.seq:
            _refuse(AHEAD)
        optional = [part for part in (self.header, self.move) if part is not None]
        for part in (self.fields, *optional):
            _plain(_object(part), 1)
        if self.extra:
            _plain(_object(self.extra), 1)
            if not _KNOWN.isdisjoint(self.extra):
                _refuse(SHAPE, "u")
        move = self.move or {}
        about = (_object(move.get(key, {})) for key in ("saw", APART))
        for seen in (self.base, *cast("Iterable[Base]", about)):
            for name, dots in seen.items():
                _name(name)
                self._earlier(dots)
        if self.move is not None and ROWS in self.move:
            for row, versions in decode(self.move[ROWS]).items():
                _name(row)
                self._earlier(list(versions))
        self._earlier(list(passage.named(self.move, self.fields)))

    def named(self) -> set[Dot]:
        """Every version that it names: what it replaces, and what a move of it is about."""
        found = {(device, seq) for dots in self.base.values() for device, seq in dots}
        return found.union(named(self.move), passage.named(self.move, self.fields))

    def _earlier(self, dots: Sequence[Dot]) -> None:
        for device, seq in dots:
            _name(device)
            _whole(seq, 1)
            if device == self.device and seq >= self.seq:
                _refuse(AHEAD)

    @classmethod
    def parse(cls, body: bytes) -> Change:
        """Read the canonical form, and nothing else: what comes out writes the same bytes again.

        That one comparison also refuses repeated keys, which `json` accepts in silence.
        Raises `Refused` with the reason.
        """
        if len(body) > SIZE:
            _refuse(TOO_BIG)
        try:
            raw = _decode(body.decode())
        except (ValueError, RecursionError):
            _refuse(NOT_JSON)
        try:
            change = cls._read(raw)
            change.check()
        except (KeyError, TypeError, ValueError, AttributeError):
            _refuse(SHAPE, "abdfqrstvx")
        return change if change.canonical() == body else _refuse(NOT_CANONICAL)

    @classmethod
    def _read(cls, raw: Any) -> Change:
        if raw["v"].__class__ is int and raw["v"] > FORMAT:
            raise Refused(NEWER)
        base = {name: [tuple(dot) for dot in dots] for name, dots in raw["b"].items()}
        extra = {key: value for key, value in raw.items() if key not in _KNOWN}
        s, d, q, a, t, r, x, f = (raw[key] for key in "sdqatrxf")
        return cls(s, d, q, a, t, r, x, f, base, raw.get("h"), raw.get("m"), extra)


def genesis(space: str, device: str) -> bytes:
    """The hash before a device's first change in a space."""
    return hashlib.sha256(f"sitebook/1\0{space}\0{device}".encode()).digest()


def chain(prev_hash: bytes, canonical: bytes) -> bytes:
    """The hash of a change, which covers every change of that device before it.

    It is made of the change's digest: a snapshot sends only that of a replaced one
    (`sync.changes.pruned`).
    """
    return hashlib.sha256(prev_hash + hashlib.sha256(canonical).digest()).digest()


def _plain(value: Any, depth: int) -> None:
    """Refuse what is no plain JSON within bounds; floats above all, which differ by machine."""
    kind = value.__class__
    if kind is str:
        if "\0" in value:
            _refuse(CHARACTER)
        if len(value) * 4 > TEXT and len(value.encode(errors="surrogatepass")) > TEXT:
            _refuse(TOO_LONG)
    elif value is None or kind is bool:
        return
    elif kind is int:
        _whole(value, -WHOLE)
    elif depth >= DEPTH:
        _refuse(TOO_DEEP)
    elif kind is dict:
        for key, member in value.items():
            _name(key)
            _plain(member, depth + 1)
    elif kind is list or kind is tuple:
        for member in value:
            _plain(member, depth + 1)
    else:
        _refuse(NUMBER)


def _whole(value: Any, least: int) -> None:
    if value.__class__ is not int or not least <= value < WHOLE:
        _refuse(NUMBER)


def _name(value: Any) -> None:
    if value.__class__ is not str or not 0 < len(value) <= NAME or "\0" in value:
        _refuse(SHAPE, "sdtrx")


def _object(value: object) -> object:
    return value if isinstance(value, dict) else _refuse(SHAPE, "fhmu")


def _float(_text: str) -> NoReturn:
    _refuse(NUMBER)


def _refuse(why: W, part: str = "") -> NoReturn:
    raise Refused(MALFORMED, why=W(why.zh.format(part=part), why.en.format(part=part)))


_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
_decode = signed_reader(_float, unique=False)
