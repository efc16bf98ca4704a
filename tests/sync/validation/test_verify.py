"""Verify: what a member's device sealed is taken, everything else is not. Sync cases 27, 36, 55."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.text.words import Refused
from sync.changes.change import chain, genesis
from sync.encoding.segment import DeviceAlias, Segment, decode, encode
from sync.trust import seal
from sync.validation import verify
from sync.validation.history import Writer
from sync.validation.verify import Accept, Refuse, Want
from tests.support.forged_segments import Pen, begun
from tests.support.scene import Scene, fresh_key


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    made = Scene(tmp_path_factory.mktemp("scene"))
    made.add("eng", "fix", phenomenon="x")
    made.seal()
    yield made
    made.close()


@pytest.fixture
def pen(scene: Scene) -> Pen:
    return begun(begun(Pen(scene)))


def test_what_a_members_device_sealed_is_accepted(scene: Scene, pen: Pen) -> None:
    segment = pen.segment()
    verdict = verify.verify(segment, scene.membership, pen.prev)
    assert isinstance(verdict, Accept)
    eng = scene.actors["eng"]
    assert verdict.writer == Writer(eng.person, scene.membership.version, eng.device, 2)
    assert [body for _, body, _ in verdict.changes] == pen.bodies
    hash = pen.prev
    for (change, body, link), seq in zip(verdict.changes, (2, 3), strict=True):
        hash = chain(hash, body)
        assert (change.seq, link) == (seq, hash)
    assert hash == segment.hash


def test_it_is_judged_by_the_version_that_the_seal_names(scene: Scene, pen: Pen) -> None:
    """Whoever knows more of the membership comes to the same answer."""
    known = scene.membership
    segment = pen.segment()
    later = known.append("person", {"person": "p9", "name": "新人", "title": ""}, founder(scene))
    assert verify.verify(segment, known, pen.prev) == verify.verify(segment, later, pen.prev)
    ahead = pen.segment(members=later.version)
    assert verify.verify(ahead, known, pen.prev) == Want("members", seq=later.version)
    assert isinstance(verify.verify(ahead, later, pen.prev), Accept)


def founder(scene: Scene) -> Any:
    return scene.actors["founder"].key


def test_a_device_counts_from_the_version_that_admitted_it(scene: Scene, pen: Pen) -> None:
    since = scene.membership.devices[pen.actor.device].since
    assert isinstance(verify.verify(pen.segment(members=since), scene.membership, pen.prev), Accept)
    early = verify.verify(pen.segment(members=since - 1), scene.membership, pen.prev)
    assert refused(early) == verify.STRANGER


def refused(verdict: object) -> object:
    """The word of a refusal."""
    assert isinstance(verdict, Refuse)
    assert isinstance(verdict.why, Refused)
    return verdict.why.word


def test_what_comes_before_is_waited_for(scene: Scene, pen: Pen) -> None:
    verdict = verify.verify(pen.segment(), scene.membership, None)
    assert verdict == Want("change", pen.actor.device, 1)


def test_the_first_change_needs_nobody_to_say_what_was_before(scene: Scene) -> None:
    pen = begun(Pen(scene, "mate"))
    assert pen.prev == genesis(scene.space, pen.actor.device)
    for prev in (None, pen.prev, bytes(32)):
        assert isinstance(verify.verify(pen.segment(), scene.membership, prev), Accept)


def test_another_history_is_a_fork(scene: Scene, pen: Pen) -> None:
    verdict = verify.verify(pen.segment(), scene.membership, bytes(32))
    assert refused(verdict) == verify.FORKED
    assert isinstance(verdict, Refuse) and verdict.forked
    assert "两种历史" in str(verdict.why)


def test_the_same_key_goes_on_under_a_new_id(scene: Scene) -> None:
    """Sync cases 34, 35: believed before an administrator admits it."""
    pen = Pen(scene)
    old, organisation = pen.actor.device, scene.organisation
    renewed = replace(pen.actor.key, id="renewed")
    pen.actor = replace(pen.actor, key=renewed)
    pen.prev, pen.seq = genesis(pen.space, "renewed"), 0
    word = seal.vouch(renewed, organisation, old, "renewed")
    segment = begun(pen).segment(vouch=DeviceAlias(old, word))
    verdict = verify.verify(decode(encode(segment)), scene.membership, None)
    assert isinstance(verdict, Accept)
    assert verdict.writer == Writer(pen.actor.person, segment.members, old)
    wrong = [
        None,
        DeviceAlias(old, bytes(64)),
        DeviceAlias(scene.actors["mate"].device, word),
        DeviceAlias("nobody", word),
        DeviceAlias(old, seal.vouch(fresh_key(), organisation, old, "renewed")),
        DeviceAlias(old, seal.vouch(renewed, organisation, old, "another")),
    ]
    for vouch in wrong:
        verdict = verify.verify(replace(segment, vouch=vouch), scene.membership, None)
        assert refused(verdict) == verify.STRANGER


def test_a_vouching_does_not_seal(scene: Scene) -> None:
    """Somebody else's changes under a vouching that was seen on the way."""
    pen = Pen(scene)
    old, owner = pen.actor.device, pen.actor.key
    word = seal.vouch(owner, scene.organisation, old, "renewed")
    pen.actor = replace(pen.actor, key=replace(fresh_key(), id="renewed"))
    pen.prev, pen.seq = genesis(pen.space, "renewed"), 0
    segment = begun(pen).segment(vouch=DeviceAlias(old, word))
    assert refused(verify.verify(segment, scene.membership, None)) == verify.FORGED


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_flipped_bit_goes_through(scene: Scene, data: st.DataObject) -> None:
    """Sync case 27: never are other changes accepted than those sealed."""
    pen = begun(begun(Pen(scene)))
    blob = encode(pen.segment())
    bit = data.draw(st.integers(0, 1 << 20)) % (8 * len(blob))
    flipped = bytearray(blob)
    flipped[bit // 8] ^= 1 << bit % 8
    try:
        segment = decode(bytes(flipped))
    except Refused:
        return
    verdict = verify.verify(segment, scene.membership, pen.prev)
    if isinstance(verdict, Accept):  # the packing has spare bits; what is packed is the same
        assert [body for _, body, _ in verdict.changes] == pen.bodies
        assert verdict.writer.person == pen.actor.person


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("organisation", "other"),
        ("space", "company"),
        ("device", "mate"),
        ("first", 3),
        ("last", 4),
        ("prev", bytes(32)),
        ("hash", bytes(32)),
        ("members", 1),
        ("signature", bytes(64)),
    ],
)
def test_every_part_of_an_envelope_counts(scene: Scene, pen: Pen, part: str, value: object) -> None:
    value = scene.actors["mate"].device if value == "mate" else value
    changed: Segment = replace(pen.segment(), **{part: value})  # type: ignore[arg-type]
    verdict = verify.verify(changed, scene.membership, pen.prev)
    assert isinstance(verdict, Refuse)
    assert not verdict.forked
