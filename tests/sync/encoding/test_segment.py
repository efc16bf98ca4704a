"""Segments: the same canonical bytes come out, in few bytes, and nothing malformed comes in.

Sync cases 25, 27, 45, 47, 49, 56.
"""

from __future__ import annotations

import random
import struct
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgpack import packb, unpackb  # type: ignore[import-untyped]

from models.book.book import Book
from models.book.projects import all_projects
from models.text.words import Refused
from sync.changes.change import SIZE, TEXT, Change, chain, genesis
from sync.encoding import pack as packing
from sync.encoding.compression import expand, squeeze
from sync.encoding.pack import pack
from sync.encoding.segment import THINNED, DeviceAlias, Segment, decode, encode, make, sealed
from sync.encoding.unpack import unpack
from sync.trust.device_key import DeviceKey
from sync.workspace.workspace import Workspace
from tests.support import checks
from tests.support.changes import DEVICE, OTHER, SPACE, runs
from tests.support.escalations import taken_up
from tests.support.signers import signer

steady = settings(derandomize=True, database=None, deadline=None, max_examples=100)
ORGANISATION = "0190a1b2-0000-7000-8000-0000000000ee"
KEY = DeviceKey(DEVICE, signer(1).public, (), signer(1).secret)
Parts = list[Any]


def edit(seq: int, **more: Any) -> Change:
    """A small change of a record of its own."""
    id = f"0190a1b2-{seq:04x}-7000-8000-{seq * 7919:012x}"
    base = {"cause": [(DEVICE, seq - 1)]} if seq > 1 else {}
    one = Change(
        SPACE, DEVICE, seq, 1 << 56 | seq << 26, "fix", id, seq, {"cause": f"接头 {seq}"}, base
    )
    return replace(one, **more)


PLAIN = [edit(seq) for seq in (5, 6, 7)]
BODIES = [change.canonical() for change in PLAIN]
SEGMENT = make(KEY, BODIES, organisation=ORGANISATION, prev=bytes(range(32)), members=3)


def again(packed: bytes, first: int = 5) -> list[bytes]:
    """The bodies that come out."""
    return [body for _, body in unpack(packed, SPACE, DEVICE, first)]


# -- round trips -----------------------------------------------------------------------------------


@steady
@given(runs(), st.booleans())
def test_any_valid_changes_come_out_as_they_went_in(run: list[Change], zstd: bool) -> None:
    bodies = [change.canonical() for change in run]
    found = unpack(pack(bodies, zstd=zstd), SPACE, DEVICE, run[0].seq)
    assert [body for _, body in found] == bodies
    assert [change for change, _ in found] == [Change.parse(body) for body in bodies]


def test_what_the_book_writes_comes_out_as_it_went_in(workspace: Workspace) -> None:
    live(workspace.book)
    log = workspace.log
    spaces = [row[0] for row in workspace.store.rows("SELECT DISTINCT space FROM head")]
    assert len(spaces) == 2
    for space in spaces:
        bodies = list(log.since(space, {}))
        for part in (bodies, bodies[1:], bodies[-1:]):
            first = Change.parse(part[0]).seq
            found = unpack(pack(part), space, log.device, first)
            assert [body for _, body in found] == part
            assert [change for change, _ in found] == [Change.parse(body) for body in part]


def live(book: Book) -> None:
    """A little of everything: creations, edits, moves, an approval, voids, rows, groups."""
    project = all_projects(book.store)[0].id
    for n in range(12):
        values = {"phenomenon": f"UPS 告警 {n}\r\n🔧", "typical": bool(n % 2), "place": "A-01"}
        fix = book.add("fix", {k: v for k, v in values.items() if n % 3 or v}, project=project)
        book.edit(fix.id, {"cause": "接头松动", "typical": None})
        if n % 2:
            book.move(fix.id, "fix", {"correction": "紧固"})
        if n % 4 == 3:
            book.void(fix.id, "重复")
            book.restore(fix.id)
    escalation = book.add("escalation", {"phenomenon": "x"}, project=project)
    book.move(escalation.id, "accept", taken_up(book))
    book.move(escalation.id, "draft", {"solution": "y" * 5000})
    book.move(escalation.id, "approve")
    template = checks.template(book, project, ({"text_zh": "x"},))
    key = {"template": template, "day": "2026-11-23", "round": 1}
    sheet = book.add("sheet", key, project=project)
    (item,) = checks.items(book, template)
    values = {"sheet": sheet.id, "item": item, "result": "ok", "reading": "23.5"}
    book.add("answer", values, project=project)


def test_a_segment_comes_out_as_it_went_in() -> None:
    vouch = DeviceAlias(OTHER, bytes(64))
    plain = replace(SEGMENT, organisation="o", space="company", device="d1", vouch=None)
    odd = replace(SEGMENT, space="中:" + DEVICE, device="设备", vouch=vouch)
    for segment in (SEGMENT, replace(SEGMENT, vouch=vouch), plain, odd):
        assert decode(encode(segment)) == segment
        assert encode(decode(encode(segment))) == encode(segment)


def test_what_is_sealed_is_the_chain_of_its_changes() -> None:
    hash = bytes(range(32))
    for body in BODIES:
        hash = chain(hash, body)
    assert (SEGMENT.first, SEGMENT.last, SEGMENT.hash) == (5, 7, hash)
    again = sealed(SEGMENT.head, SEGMENT.signature, BODIES, prev=SEGMENT.prev)
    assert again == SEGMENT
    assert SEGMENT.changes() == list(zip(PLAIN, BODIES, strict=True))


def test_a_receiver_with_zlib_only_reads_what_was_written_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    packed = pack(BODIES)
    assert again(pack(BODIES, zstd=False)) == BODIES
    import backports.zstd

    monkeypatch.delattr(backports, "zstd")
    for name in ("backports.zstd", "compression.zstd", "compression"):
        monkeypatch.setitem(sys.modules, name, None)
    assert pack(BODIES) == pack(BODIES, zstd=False)
    assert again(pack(BODIES)) == BODIES
    with pytest.raises(Refused, match="zstd"):
        again(packed)


# -- bytes -----------------------------------------------------------------------------------------


def edits(count: int) -> list[bytes]:
    """Somebody's working day: other records every time, minutes apart, words of their own."""
    draw, at, found = random.Random(7), 1_795_346_959_315, list[bytes]()
    words = ["接头松动", "电池老化", "风扇停转", "UPS 旁路", "port flapping", "滤网堵塞"]
    for seq in range(30_001, 30_001 + count):
        at += draw.randint(4_000, 300_000)
        record = f"019{draw.getrandbits(28):07x}{draw.getrandbits(88):022x}"
        id = "-".join(record[i:j] for i, j in ((0, 8), (8, 12), (12, 16), (16, 20), (20, 32)))
        seen = [(DEVICE, draw.randint(1, 30_000))]
        text = f"{draw.choice(words)} {draw.randint(1, 99)}"
        base = {"cause": seen, "state": seen}
        fields = {"cause": text}
        one = Change(SPACE, DEVICE, seq, at << 16, "fix", id, seq, fields, base)
        found.append(one.canonical())
    return found


@pytest.mark.parametrize(("count", "most"), [(50, 42), (5_000, 32)])
def test_a_change_takes_few_bytes(count: int, most: int) -> None:
    segment = make(KEY, edits(count), organisation=ORGANISATION, prev=bytes(32), members=3)
    random_parts = 64 + 32 + 32  # signature and hashes are part of it
    assert len(encode(segment)) > random_parts
    assert len(encode(segment)) / count <= most


# -- what does not come in -------------------------------------------------------------------------


def parts_of(bodies: list[bytes]) -> Parts:
    """The list inside a packed form."""
    return list(unpackb(expand(pack(bodies))))


def repacked(parts: object) -> bytes:
    return squeeze(packb(parts))


VERSION, COUNT, IDS, SHAPES, ORDER, TAGS, TIME = range(7)


def put(place: int, value: object) -> Callable[[Parts], None]:
    return lambda parts: parts.__setitem__(place, value)


def the_cause(parts: Parts, value: object) -> None:
    """Replace the column of texts."""
    place = next(n for n, part in enumerate(parts[TIME:], TIME) if part.__class__ is list)
    parts[place] = value


BAD: dict[str, Callable[[Parts], Any]] = {
    "another version": put(VERSION, 0),
    "no count": put(COUNT, 0),
    "fewer than declared": put(COUNT, 4),
    "more than declared": put(COUNT, 2),
    "too many": put(COUNT, 20_001),
    "count is a flag": put(COUNT, True),
    "half an id": put(IDS, bytes(17)),
    "an id too few": put(IDS, bytes(16)),
    "ids are text": put(IDS, "x" * 16),
    "a shape without a skeleton": put(SHAPES, ["fix"]),
    "no shapes": put(SHAPES, []),
    "a shape nobody has": lambda p: p[SHAPES].extend(["fix", '{"b":{},"f":{}}']),
    "repeated key": lambda p: skeleton(p, '"f":{"cause":0,"cause":0}'),
    "keys out of order": lambda p: skeleton(p, '"f":{"cause":0},"b":{}'),
    "a value in the skeleton": lambda p: skeleton(p, '"f":{"cause":1}'),
    "a float in the skeleton": lambda p: skeleton(p, '"f":{"cause":0.0}'),
    "a space in the skeleton": lambda p: skeleton(p, '"f":{"cause": 0}'),
    "half a character": lambda p: skeleton(p, '"f":{"\\ud800":0}'),
    "NUL in a name": lambda p: skeleton(p, '"f":{"\\u0000":0}'),
    "no fields": lambda p: skeleton(p, '"g":{"cause":0}'),
    "its own device inside": lambda p: skeleton(p, '"d":0,"f":{}'),
    "deep": lambda p: skeleton(p, '"f":{"x":' + "[" * 40 + "0" + "]" * 40 + "}"),
    "very deep": lambda p: skeleton(p, '"f":{"x":' + "[" * 99_999 + "0" + "]" * 99_999 + "}"),
    "not JSON": lambda p: skeleton(p, '"f":{'),
    "base without sequence": lambda p: base(p, "[[0]]"),
    "base is one value": lambda p: base(p, "0"),
    "order beyond": put(ORDER, 1),
    "order below": put(ORDER, -1),
    "order is text": put(ORDER, "aaa"),
    "tags are a list": lambda p: p.__setitem__(TAGS, list(p[TAGS])),
    "a tag too many": lambda p: p.__setitem__(TAGS, p[TAGS] + b"\0"),
    "an unknown tag": lambda p: p.__setitem__(TAGS, p[TAGS][:-1] + b"\x63"),
    "a column too many": lambda p: p.append(1),
    "a column too few": lambda p: p.pop(),
    "time before the beginning": put(TIME, -(1 << 62)),
    "time beyond 63 bits": put(TIME, 1 << 60),
    "time is a flag": put(TIME, True),
    "steps of an odd width": put(TIME + 1, bytes(6)),
    "steps of no width": put(TIME + 1, b""),
    "fewer texts": lambda p: the_cause(p, ["x", "y"]),
    "a float": lambda p: the_cause(p, ["x", "y", 1.5]),
    "NaN": lambda p: the_cause(p, ["x", "y", float("nan")]),
    "bytes": lambda p: the_cause(p, ["x", "y", b"z"]),
    "a list": lambda p: the_cause(p, ["x", "y", []]),
    "an object": lambda p: the_cause(p, ["x", "y", {}]),
    "NUL": lambda p: the_cause(p, ["x", "y", "a\0b"]),
    "a long text": lambda p: the_cause(p, ["x", "y", "长" * (TEXT // 3 + 1)]),
}


def skeleton(parts: Parts, fields: str) -> None:
    """Another skeleton, all else as it was."""
    parts[SHAPES][1] = f'{{"b":{{"cause":[[0,0]]}},{fields}}}'


def base(parts: Parts, dots: str) -> None:
    parts[SHAPES][1] = f'{{"b":{{"cause":{dots}}},"f":{{"cause":0}}}}'


@pytest.mark.parametrize("wrong", BAD.values(), ids=BAD)
def test_malformed_columns_are_refused_whole(wrong: Callable[[Parts], Any]) -> None:
    parts = parts_of(BODIES)
    assert again(repacked(parts)) == BODIES
    wrong(parts)
    with pytest.raises(Refused, match="不能采用"):
        again(repacked(parts))


def test_a_newer_form_asks_for_an_update() -> None:
    newer = repacked([packing.FORMAT + 1, "?"])
    with pytest.raises(Refused, match="更新本机的程序"):
        again(newer)
    with pytest.raises(Refused, match="更新本机的程序"):
        decode(packb([THINNED + 1, "?"]))


@pytest.mark.parametrize(
    ("place", "values"),
    [(2, (1 << 63) - 1), (2, 5), (2, -1), (1, -1), (1, 1 << 16)],
    ids=["tx below 0", "tx 0", "tx of later", "a counter below 0", "a counter too far"],
)
def test_numbers_beyond_their_bounds_are_refused(place: int, values: int) -> None:
    same = [edit(seq, at=1 << 56) for seq in (5, 6, 7)]
    parts = parts_of([one.canonical() for one in same])
    assert parts[TIME : TIME + 3] == [1 << 40, 0, 0]
    parts[TIME + place] = values
    with pytest.raises(Refused):
        again(repacked(parts))


def test_versions_of_itself_or_later_are_refused() -> None:
    seen = [edit(seq, base={"cause": [(DEVICE, 4)]}) for seq in (5, 6, 7)]
    parts = parts_of([one.canonical() for one in seen])
    assert parts[-2] == 4
    for later in (5, 6, 1 << 62, 0, -1):
        parts[-2] = later
        with pytest.raises(Refused):
            again(repacked(parts))


def test_the_same_holds_for_what_an_approval_saw() -> None:
    def approval(seq: int, *dots: Any) -> Change:
        return edit(seq, base={}, fields={"state": "x"}, move={"saw": {"cause": [*dots]}})

    good = [approval(seq, [OTHER, 9], [DEVICE, 4]) for seq in (5, 6)]
    assert again(pack([c.canonical() for c in good])) == [c.canonical() for c in good]
    for dot in ([DEVICE, 6], ["", 1], [OTHER, 0], [7, 7], [OTHER, None]):
        bad = [good[0], approval(6, [OTHER, 9], dot)]
        with pytest.raises(Refused):
            again(pack([c.canonical() for c in bad]))


def test_a_sequence_beyond_63_bits_is_refused() -> None:
    packed = pack(BODIES)
    for first in ((1 << 63) - 2, 1 << 63, 0, -1):
        with pytest.raises(Refused):
            again(packed, first)
    over = replace(SEGMENT, first=1 << 63, last=1 << 63)
    with pytest.raises(Refused):
        decode(encode(over))


def test_a_transaction_has_no_hole() -> None:
    long = [edit(5), edit(6, tx=5), edit(7, tx=5), edit(8)]
    bodies = [one.canonical() for one in long]
    assert again(pack(bodies)) == bodies
    assert again(pack(bodies[1:]), 6) == bodies[1:], "a very long transaction is cut"
    with pytest.raises(Refused):
        again(pack([bodies[0], edit(6).canonical(), bodies[2]]))


def test_a_change_larger_than_allowed_is_refused() -> None:
    big = {f"f{n}": "长" * (TEXT // 3) for n in range(SIZE // TEXT + 1)}
    text = edit(5, fields=dict.fromkeys(big, "x")).canonical()
    parts = parts_of([text])
    parts[-len(big) :] = big.values()
    with pytest.raises(Refused, match="4 MiB"):
        again(repacked(parts))


# -- bombs -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "bomb",
    [
        b"\xdd" + struct.pack(">I", 7 << 20) + b"\x90" * (7 << 20),
        (b"\xdd" + struct.pack(">I", 80_000)) * 1_000_000,
        b"\x91" * 500_000 + b"\x00",
        b"\x81\x01\x02",
        b"\xc1",
        packb([1, 1]) + b"\0",
        b"",
        packb({}),
        packb(None),
        packb("x" * 100),
        packb([1, 1, b"", ["fix", "{}"], 0, b"\xff\xff\xff\xff", "\x00"]),
        packb([1, 1, "\ud800".encode("utf-8", "surrogatepass"), [], 0, b""]).replace(
            b"\xc4", b"\xd9"
        ),
    ],
    ids=range(12),
)
def test_bombs_of_lists_and_rubbish_are_refused(bomb: bytes) -> None:
    with pytest.raises(Refused):
        again(squeeze(bomb))


def test_few_bytes_do_not_become_many_values() -> None:
    names = [f"f{n:04}" for n in range(3000)]
    fields = ",".join(f'"{name}":0' for name in names)
    head = [1, 20_000, b"", ["fix", f'{{"b":{{}},"f":{{{fields}}}}}'], 0, bytes(3004)]
    with pytest.raises(Refused, match="太多"):
        again(repacked([*head, *([0] * 3004)]))
    texts = [1, 20_000, b"", ["fix", '{"b":{},"f":{"x":0}}'], 0, b"\x02\x02\x02\0\0"]
    with pytest.raises(Refused, match="超过"):
        again(repacked([*texts, 1 << 40, 0, 0, "r", "x" * 60_000]))


# -- anything at all -------------------------------------------------------------------------------


def test_every_cut_and_every_flipped_bit_of_an_envelope_is_noticed_or_harmless() -> None:
    """Sync case 27. What a flipped bit leaves readable, the seal and the chain refuse."""
    data = encode(SEGMENT)
    for end in range(len(data)):
        with pytest.raises(Refused):
            decode(data[:end])
    for bit in range(8 * len(data)):
        flipped = bytearray(data)
        flipped[bit // 8] ^= 1 << bit % 8
        try:
            found = decode(bytes(flipped))
            bodies = [body for _, body in found.changes()]
        except Refused:
            continue
        assert found != SEGMENT
        assert (found.head, found.signature) != (SEGMENT.head, SEGMENT.signature) or (
            bodies != BODIES or found.prev != SEGMENT.prev or found.packed != SEGMENT.packed
        )


@steady
@given(runs(4), st.data())
def test_what_comes_in_is_what_the_plain_parser_takes(
    run: list[Change], data: st.DataObject
) -> None:
    """Columns changed at random: refused, or exactly what `Change.parse` reads of the bytes."""
    parts = parts_of([change.canonical() for change in run])
    for _ in range(data.draw(st.integers(1, 2))):
        place = data.draw(st.integers(COUNT, len(parts) - 1))
        parts[place] = data.draw(other(parts[place]))
    try:
        found = unpack(repacked(parts), SPACE, DEVICE, run[0].seq)
    except Refused:
        return
    for change, body in found:
        assert Change.parse(body) == change
        assert change.canonical() == body
        change.check()


def other(part: Any) -> st.SearchStrategy[Any]:
    """Something like a part, and something quite different."""
    wild: st.SearchStrategy[Any] = st.sampled_from(
        [None, True, 0, 1, -1, 1 << 62, -(1 << 63), 2.0, "", "x", "a\0", b"", bytes(8), [], ["x"]]
    )
    if isinstance(part, list):
        return wild | st.permutations(part) | st.just([*part, *part]) | st.lists(wild, max_size=4)
    if isinstance(part, bytes) and part:
        flips = st.tuples(st.integers(0, len(part) - 1), st.integers(0, 255))
        return wild | flips.map(lambda f: part[: f[0]] + bytes([f[1]]) + part[f[0] + 1 :])
    if isinstance(part, int):
        return wild | st.integers(part - 3, part + 3) | st.integers(-(1 << 63), (1 << 64) - 1)
    return wild


@steady
@given(st.binary(max_size=200))
def test_rubbish_is_refused(data: bytes) -> None:
    for read in (decode, again, expand, lambda d: again(squeeze(d))):
        with pytest.raises(Refused):
            read(data)


@pytest.mark.parametrize(
    "change",
    [
        {"first": 0},
        {"first": 8},
        {"last": 5 + packing.CHANGES},
        {"members": 0},
        {"members": -1},
        {"prev": bytes(31)},
        {"hash": bytes(33)},
        {"signature": b""},
        {"device": ""},
        {"space": "x" * 201},
        {"organisation": ""},
        {"vouch": DeviceAlias("d0", bytes(63))},
        {"vouch": DeviceAlias("", bytes(64))},
    ],
    ids=str,
)
def test_an_envelope_out_of_bounds_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        decode(encode(replace(SEGMENT, **change)))


def test_an_envelope_has_one_way_to_be_written() -> None:
    data = encode(SEGMENT)
    parts = unpackb(data)
    spelt = [*parts[:3], DEVICE, *parts[4:]]  # the id as text instead of sixteen bytes
    for other_way in (data + b"\0", packb(spelt), packb([*parts, bytes(16)]), packb({1: 2})):
        with pytest.raises(Refused):
            decode(other_way)
    with pytest.raises(Refused, match="超过"):
        decode(bytes(9 << 20))


def test_bounds_that_lie_about_the_changes_are_refused() -> None:
    for lie in ({"last": 8}, {"last": 6}, {"first": 6}, {"space": "company"}, {"device": OTHER}):
        told: Segment = replace(SEGMENT, **lie)
        try:
            found = told.changes()
        except Refused:
            continue
        hash = told.prev
        for _, body in found:
            hash = chain(hash, body)
        assert hash != SEGMENT.hash, "the chain tells"


def test_the_chain_begins_with_space_and_device() -> None:
    assert genesis(SPACE, DEVICE) != genesis(SPACE, OTHER) != genesis("company", OTHER)
