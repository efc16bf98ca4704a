"""The canonical form of a change and its chain. Sync cases 27, 45, 47, 49."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.text.words import Refused, language
from sync.changes.change import DEPTH, NEWER, SIZE, TEXT, Change, chain, genesis

A, B = "0190a1b2-0000-7000-8000-00000000000a", "0190a1b2-0000-7000-8000-00000000000b"

PLAIN = Change(
    space="p:1",
    device=A,
    seq=3,
    at=115605504000 << 16,
    type="fix",
    record="r1",
    tx=3,
    fields={"cause": "接头松动 ☂", "state": "fixed", "load": {"unit": "A", "value": "23.5"}},
    base={"cause": [(A, 1), (B, 2)], "state": [(A, 2)], "load": []},
    move={"from": "open", "move": "fix", "saw": {"cause": [[A, 1]]}, "to": "fixed"},
)
BYTES = (
    '{"a":7576322310144000,"b":{"cause":[["%A",1],["%B",2]],"load":[],"state":[["%A",2]]},'
    '"d":"%A","f":{"cause":"接头松动 ☂","load":{"unit":"A","value":"23.5"},"state":"fixed"},'
    '"m":{"from":"open","move":"fix","saw":{"cause":[["%A",1]]},"to":"fixed"},'
    '"q":3,"r":"r1","s":"p:1","t":"fix","v":1,"x":3}'
)

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
names = texts.filter(bool)
scalars = st.none() | st.booleans() | st.integers(-(1 << 63), (1 << 63) - 1) | texts
objects = st.dictionaries(
    names, st.recursive(scalars, lambda x: st.lists(x, max_size=3)), max_size=4
)
dots = st.tuples(st.sampled_from([A, B]), st.integers(1, 9))
changes = st.builds(
    Change,
    space=names,
    device=names,
    seq=st.integers(10, (1 << 63) - 1),
    at=st.integers(0, (1 << 63) - 1),
    type=names,
    record=names,
    tx=st.integers(1, 10),
    fields=objects,
    base=st.dictionaries(names, st.lists(dots, max_size=3), max_size=3),
    header=st.none() | objects,
    move=st.none() | objects,
    extra=st.dictionaries(names.filter(lambda n: n not in "vsdqatrxfbhm"), scalars, max_size=3),
)
steady = settings(derandomize=True, database=None, deadline=None, max_examples=150)


def _body(**parts: Any) -> bytes:
    """The plain change with top-level parts replaced, written as canonically as can be."""
    raw = {**json.loads(PLAIN.canonical()), **parts}
    return json.dumps(raw, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def test_the_canonical_form_byte_for_byte() -> None:
    expected = BYTES.replace("%A", A).replace("%B", B).encode()
    assert PLAIN.canonical() == expected
    assert Change.parse(expected) == PLAIN


@steady
@given(changes)
def test_what_is_read_writes_the_same_bytes_again(change: Change) -> None:
    body = change.canonical()
    again = Change.parse(body)
    assert again == change
    assert again.canonical() == body


def test_the_order_in_which_fields_were_given_does_not_matter() -> None:
    turned = replace(PLAIN, fields=dict(reversed(list(PLAIN.fields.items()))))
    assert turned.canonical() == PLAIN.canonical()


def test_keys_of_a_newer_version_are_kept_and_written_again() -> None:
    body = _body(u={"deep": [1, {"z": None}]}, zone="+8")
    change = Change.parse(body)
    assert change.extra == {"u": {"deep": [1, {"z": None}]}, "zone": "+8"}
    assert change.canonical() == body


def test_hostile_names_and_any_text_stay_data() -> None:
    fields = {'"; DROP TABLE change;--': "[/]", "select": "\x1b]52;c;x\x07\r\n e\u0301 é 🔧"}
    change = replace(PLAIN, fields=fields)
    assert Change.parse(change.canonical()).fields == fields


def _cut(raw: bytes, old: bytes, new: bytes) -> bytes:
    assert old in raw
    return raw.replace(old, new, 1)


CANON = PLAIN.canonical()
BAD = {
    "empty": b"",
    "no JSON": b"{",
    "no object": b"[]",
    "null": b"null",
    "not UTF-8": _cut(CANON, "接".encode(), b"\xff"),
    "byte order mark": b"\xef\xbb\xbf" + CANON,
    "UTF-16": CANON.decode().encode("utf-16"),
    "repeated key": _cut(CANON, b'"q":3', b'"q":3,"q":3'),
    "repeated key, other value": _cut(CANON, b'"q":3', b'"q":2,"q":3'),
    "repeated inner key": _cut(CANON, b'"unit":"A"', b'"unit":"A","unit":"A"'),
    "space": _cut(CANON, b'"q":3', b'"q": 3'),
    "trailing line end": CANON + b"\n",
    "other order": _cut(CANON, b'"q":3,"r":"r1"', b'"r":"r1","q":3'),
    "escaped needlessly": _cut(CANON, b'"r1"', b'"\\u0072\\u0031"'),
    "float": _body(f={"cause": 1.5}),
    "whole float": _cut(CANON, b'"q":3', b'"q":3.0'),
    "exponent": _cut(CANON, b'"q":3', b'"q":3e0'),
    "not a number": _body(f={"cause": float("nan")}),
    "infinite": _body(f={"cause": float("inf")}),
    "minus nought": _cut(CANON, b'"q":3', b'"q":-0'),
    "giant number": _body(f={"cause": 1 << 63}),
    "number of 5,000 digits": _cut(CANON, b'"q":3', b'"q":' + b"9" * 5000),
    "sequence nought": _body(q=0),
    "sequence 2^63": _body(q=1 << 63),
    "sequence true": _body(q=True),
    "sequence text": _body(q="3"),
    "year 9999": _body(a=253_402_300_799_999 << 16),
    "negative time": _body(a=-1),
    "newer format": _body(v=2),
    "older format": _body(v=0),
    "format true": _body(v=True),
    "no name": _body(s=""),
    "long name": _body(r="r" * 201),
    "name not text": _body(d=7),
    "fields a list": _body(f=[]),
    "fields null": _body(f=None),
    "header null": _body(h=None),
    "header a list": _body(h=[]),
    "move text": _body(m="fix"),
    "move empty list": _body(m=[]),
    "saw a list": _body(m={"saw": [[A, 1]]}),
    "saw no dots": _body(m={"saw": {"cause": [A]}}),
    "base null": _body(b=None),
    "base a list": _body(b=[["cause", []]]),
    "base no dots": _body(b={"cause": [A]}),
    "base short dot": _body(b={"cause": [[A]]}),
    "base text dot": _body(b={"cause": ["ab"]}),
    "base sequence nought": _body(b={"cause": [[A, 0]]}),
    "base device number": _body(b={"cause": [[1, 1]]}),
    "base dot an object": _body(b={"cause": [{A: 1, B: 2}]}),
    "base names itself": _body(b={"cause": [[A, 3]]}),
    "base names its future": _body(b={"cause": [[A, 4]]}),
    "NUL": _body(f={"cause": "a\0b"}),
    "NUL in a name": _body(f={"a\0b": "x"}),
    "half a character": _cut(CANON, "☂".encode(), b"\\ud800"),
    "half a character, raw": _cut(CANON, "☂".encode(), b"\xed\xa0\x80"),
    "long text": _body(f={"cause": "检" * (TEXT // 3 + 1)}),
    "too large": _body(f={str(i): "x" * TEXT for i in range(17)}),
    "deep": _body(f={"cause": json.loads("[" * DEPTH + "]" * DEPTH)}),
    "very deep": b'{"a":' + b"[" * 500_000,
    "missing part": _cut(CANON, b',"x":3', b""),
}


@pytest.mark.parametrize("body", BAD.values(), ids=BAD)
def test_anything_else_is_refused_with_a_sentence(body: bytes) -> None:
    with pytest.raises(Refused) as refused:
        Change.parse(body)
    said = str(refused.value)
    language.now = "en"
    try:
        assert str(refused.value) != said
        assert "{" not in said + str(refused.value)
    finally:
        language.now = "zh"


def test_of_a_newer_format_it_says_which_program_to_update() -> None:
    with pytest.raises(Refused) as refused:
        Change.parse(_body(v=2, b="something new"))
    assert refused.value.word is NEWER


@steady
@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda t: t.encode(errors="replace")))
def test_noise_is_refused_and_nothing_else_happens(noise: bytes) -> None:
    with pytest.raises(Refused):
        Change.parse(noise)


@steady
@given(st.integers(0, len(CANON) - 1), st.integers(1, 255))
def test_a_flipped_byte_is_refused_or_changes_the_hash(at: int, flip: int) -> None:
    body = CANON[:at] + bytes([CANON[at] ^ flip]) + CANON[at + 1 :]
    try:
        assert Change.parse(body).canonical() == body
    except Refused:
        return
    assert chain(b"", body) != chain(b"", CANON)


def test_every_length_short_of_the_whole_is_refused() -> None:
    for length in range(len(CANON)):
        with pytest.raises(Refused):
            Change.parse(CANON[:length])


def test_the_largest_text_and_the_deepest_value_pass() -> None:
    value = json.loads("[" * (DEPTH - 2) + "]" * (DEPTH - 2))
    body = _body(f={"cause": "x" * TEXT, "other": value})
    assert Change.parse(body).canonical() == body
    assert len(body) < SIZE


@pytest.mark.parametrize(
    "fields",
    [{"a": 1.0}, {"a": {"b": [2.5]}}, {"a": b"x"}, {1: "x"}, {"a": "\0"}, {"a": "x" * (TEXT + 1)}],
)
def test_our_own_change_is_held_to_the_same_bounds(fields: Any) -> None:
    with pytest.raises(Refused):
        replace(PLAIN, fields=fields).check()


def test_an_unknown_part_cannot_pass_for_a_known_one() -> None:
    with pytest.raises(Refused):
        replace(PLAIN, extra={"d": B}).check()


def test_the_chain_covers_space_device_order_and_content() -> None:
    start = genesis("p:1", A)
    assert start == hashlib.sha256(b"sitebook/1\0p:1\0" + A.encode()).digest()
    assert chain(start, b"x") == hashlib.sha256(start + hashlib.sha256(b"x").digest()).digest()
    ends = {
        chain(chain(genesis(space, device), one), two)
        for space in ("p:1", "p:2")
        for device in (A, B)
        for one, two in ((b"x", b"y"), (b"y", b"x"), (b"x", b"z"))
    }
    assert len(ends) == 12
