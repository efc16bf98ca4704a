"""Judge: what the book's own door refuses is refused everywhere, and nothing else is.

Sync cases 25, 50, 53, 54; every scenario of a hostile device in the table of
`tests.support.forged_segments`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pytest

from models.book.conflict import conflict_rules
from models.book.permissions import MARKED
from models.book.rules import acts_after, declared_causes
from models.schema import natural_keys
from models.schema.kind import Kind
from models.schema.record import kinds
from models.schema.versions import FieldVersions
from models.text.words import Refused, W
from sync.changes.change import Base, Change, Dot
from sync.changes.compatibility import ADOPT
from sync.encoding.segment import decode, encode
from sync.organisation import administration
from sync.trust.membership import Membership
from sync.validation import reasons
from sync.validation.authorize import authorise
from sync.validation.change_context import ChangeSubject, RolesAt
from sync.validation.history import CurrentRow, Lacking, Writer
from tests.support.escalations import taken_up
from tests.support.forged_segments import FORGERIES, Forged, Pen, begun
from tests.support.receiver import PARTS, Memory, Receiver, Result
from tests.support.scene import Scene, furnished
from tests.support.work import Work


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    made = furnished(tmp_path_factory.mktemp("scene"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def filled(scene: Scene) -> Receiver:
    """A receiver that has taken all of the scene's honest work; copied before it is used."""
    receiver = Receiver(scene.membership)
    for segment in scene.sealed:
        took(receiver.take(encode(segment)))
    return receiver


@pytest.fixture(scope="module")
def forgeries(scene: Scene) -> dict[str, Forged]:
    """Every forgery, made over the scene as it is."""
    return {name: make(Pen(scene)) for name, make in FORGERIES.items()}


@pytest.fixture
def receiver(filled: Receiver) -> Receiver:
    return filled.fork()


def took(result: Result) -> None:
    """It was taken, and nothing of it is refused."""
    assert (result.what, said(result)) == ("taken", {})


def said(result: Result) -> dict[int, str]:
    """What is against each change, in words."""
    return {seq: str(why) for seq, why in result.faults.items()}


# -- forgeries -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FORGERIES)
def test_every_forgery_meets_its_fate(
    scene: Scene, receiver: Receiver, forgeries: dict[str, Forged], name: str
) -> None:
    neighbour = begun(Pen(scene, "mate")).segment()
    meet(receiver, forgeries[name])
    took(receiver.take(encode(neighbour)))


def meet(receiver: Receiver, forged: Forged) -> None:
    """Deliver a forgery; an assertion says what became of it instead of its fate."""
    if forged.entries:
        with pytest.raises(Refused) as refused:
            receiver.membership.extend(forged.entries)
        assert refused.value.word == forged.why
        return
    results = [receiver.take(blob) for blob in forged.blobs]
    for before in results[:-1]:
        took(before)
    last = results[-1]
    if forged.fate == "quarantined":
        assert last.what == "taken"
        assert forged.bad
        assert sorted(last.faults) == forged.bad, said(last)
        words = {fault.word for fault in last.faults.values()}
        assert forged.why is None or words == {forged.why}, said(last)
        return
    assert last.what == forged.fate, (last.why, said(last))
    assert not last.faults
    if forged.why is not None:
        assert last.why is not None
        assert last.why.word == forged.why


@pytest.mark.parametrize("name", FORGERIES)
def test_what_came_twice_is_taken_once(
    receiver: Receiver, forgeries: dict[str, Forged], name: str
) -> None:
    """Sync case 18: delivered again, nothing more is taken and nothing is refused anew."""
    blobs = forgeries[name].blobs
    for blob in blobs:
        receiver.take(blob)
    faults = {space: dict(past.faults) for space, past in receiver.spaces.items()}
    changes = {space: dict(past.changes) for space, past in receiver.spaces.items()}
    for blob in blobs:
        assert receiver.take(blob).faults == {}
    assert {space: past.faults for space, past in receiver.spaces.items()} == faults
    assert {space: past.changes for space, past in receiver.spaces.items()} == changes


BY_A_TABLE = {reasons.NEWER_TABLE, reasons.NEWER_SHIPPED}
BY_A_TABLE |= {reasons.OTHER_OUTCOME, reasons.UNDECIDED}
"""Reasons against decisions by a rule table (`rules/test_decision_rules.py`)."""


def test_reasons_are_sentences_in_both_languages(
    filled: Receiver, forgeries: dict[str, Forged]
) -> None:
    seen: set[W] = set()
    for forged in forgeries.values():
        receiver = filled.fork()
        for blob in forged.blobs:
            result = receiver.take(blob)
            for why in (*result.faults.values(), *([result.why] if result.why else [])):
                both = why.both()
                seen.add(why.word)
                for half in both:
                    assert "{" not in half and "W(" not in half
                    assert half.endswith(("。", "."))
    ours = {word for word in vars(reasons).values() if isinstance(word, W) and word.en[-1] == "."}
    unheard = ours - seen - BY_A_TABLE
    elsewhere = {reasons.UNMARKED, reasons.NOT_APART, reasons.OTHER_ROWS}  # rules beside types
    elsewhere |= {reasons.NO_ISSUE}  # compiled rules
    elsewhere |= {reasons.BARRED, reasons.OUT_OF_TIME, reasons.OTHER_VERDICT}  # every move
    assert unheard <= {reasons.NEWER_BASE, reasons.NO_CONFLICT, reasons.NO_BIRTH, *elsewhere}


# -- honest work -----------------------------------------------------------------------------------


SEEDS = range(5)


class History(NamedTuple):
    """What a team at work sealed, and what it did."""

    membership: Membership
    blobs: list[bytes]
    did: set[str]


@pytest.fixture(scope="module")
def histories(tmp_path_factory: pytest.TempPathFactory) -> list[History]:
    found = []
    for seed in SEEDS:
        work = Work(tmp_path_factory.mktemp("work"), seed)
        scene = work.run(450)
        blobs = [encode(segment) for segment in scene.sealed]
        found.append(History(scene.membership, blobs, work.did))
        scene.close()
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_honest_work_is_never_refused(histories: list[History], seed: int) -> None:
    history = histories[seed]
    receiver = Receiver(history.membership)
    for blob in history.blobs:
        took(receiver.take(blob))
    assert sum(len(past.changes) for past in receiver.spaces.values()) > 100


def test_the_work_is_varied(histories: list[History]) -> None:
    """What the random work did: without this the test above could prove nothing."""
    did = set().union(*(history.did for history in histories))
    assert {"add", "bring", "edit", "save", "move", "void", "restore", "roles"} <= did
    assert {"fix escalate", "fix verify", "escalation return", "escalation approve"} <= did
    assert {"weekly accept", "sheet review", "site confirm", "escalation close"} <= did


def test_everybody_comes_to_the_same_answer(tmp_path: Path) -> None:
    """In any order that keeps causes before effects, with rows or without, early or late."""
    scene = furnished(tmp_path)
    blobs = [encode(segment) for segment in scene.sealed]
    blobs += FORGERIES["a bare state"](Pen(scene)).blobs
    whole = Receiver(scene.membership)
    for blob in blobs:
        whole.take(blob)
    other = Receiver(scene.membership)
    todo = list(reversed(blobs))
    while todo:
        left = [blob for blob in todo if other.take(blob).what == "waits"]
        assert len(left) < len(todo)
        todo = left
    assert faults(whole) == faults(other) != {}
    scene.close()


def faults(receiver: Receiver) -> dict[Any, str]:
    """Every fault, by space and version."""
    return {
        (space, dot): str(why)
        for space, past in receiver.spaces.items()
        for dot, why in past.faults.items()
    }


# -- with rows at hand -----------------------------------------------------------------------------


class Row(NamedTuple):
    """A row of the scene's store; a `sync.validation.history.CurrentRow`."""

    kind: Kind
    id: str
    number: str
    project: str | None
    author: str
    state: str
    void: str | None
    stands: Sequence[Dot]
    named: Sequence[Dot]
    owner_id: str | None = None

    def of_state(self, dots: Iterable[Dot]) -> bool:
        return all(dot in self.stands for dot in dots)

    def has(self, dot: Dot) -> bool:
        return dot in self.named

    def without(self, base: Base) -> Sequence[Dot]:
        return [dot for dots in base.values() for dot in dots if not self.has(dot)]


class WithRows(Memory):
    """The same past, which answers quickly from the rows of the scene's store."""

    scene: Scene
    asked: int

    def current_row(self, type: str, record: str) -> CurrentRow | None:
        self.asked += 1
        book = self.scene.workspace.book
        row = book.find(record)
        if row is None or row.type != type:
            return None
        dots = FieldVersions(row.dots)
        named = [(book.people.device_of(idx), seq) for idx, seq in dots.every()]
        state = book.writer.base_of(("state",), row.dots)["state"]
        shown = row.kind, row.id, row.number, row.project, row.author, row.state, row.void
        return Row(*shown, state, named)


def with_rows(scene: Scene, filled: Receiver) -> Receiver:
    receiver = Receiver(filled.membership)
    receiver.births = filled.fork().births
    for space, past in filled.spaces.items():
        quick = WithRows(space, receiver.births)
        quick.scene, quick.asked = scene, 0
        for part in PARTS:
            setattr(quick, part, dict(getattr(past, part)))
        receiver.spaces[space] = quick
    return receiver


@pytest.mark.parametrize("name", FORGERIES)
def test_a_quick_answer_is_the_same_answer(
    scene: Scene, filled: Receiver, forgeries: dict[str, Forged], name: str
) -> None:
    meet(with_rows(scene, filled), forgeries[name])


# -- anything at all -------------------------------------------------------------------------------

_ODD: tuple[Any, ...] = (
    None, True, 0, 1, -1, 1 << 62, "", "x", "open", "closed", "fix", "author", [], {}, ["x"],
)  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def test_no_change_whatever_it_holds_ends_the_judge(
    scene: Scene, filled: Receiver, forgeries: dict[str, Forged], seed: int
) -> None:
    """Parts of real and of forged changes, mixed at random: a reason or none, never a crash."""
    rng, pen = Random(seed), Pen(scene)
    bodies = [body for _, body in scene.changes()] + list(forged_bodies(forgeries))
    past = filled.space(scene.space)
    writer = Writer(pen.actor.person, scene.membership.version, pen.actor.device)
    fixed = {"s": scene.space, "d": pen.actor.device, "q": pen.seq + 1, "x": pen.seq + 1, "v": 1}
    asked = 0
    for _ in range(300):
        one, other = (json.loads(rng.choice(bodies)) for _ in range(2))
        for _ in range(rng.randint(1, 3)):
            where, name = rng.choice(list(places(one)))
            value = rng.choice([*_ODD, *(here[n] for here, n in places(other))])
            where[name] = json.loads(json.dumps(value))
        body = json.dumps(one | fixed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        with suppress(Refused, Lacking):
            fault = authorise(Change.parse(body.encode()), writer, past, scene.membership)
            asked += 1
            assert fault is None or fault.both()
    assert asked > 100


def places(raw: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in a JSON value that can be written to."""
    inside = list(raw.items()) if isinstance(raw, dict) else list(enumerate(raw))
    for name, value in inside:
        yield raw, name
        if isinstance(value, dict | list):
            yield from places(value)


def forged_bodies(forgeries: dict[str, Forged]) -> Iterator[bytes]:
    for forged in forgeries.values():
        if forged.fate == "quarantined":
            yield from (body for blob in forged.blobs for _, body in decode(blob).changes())


# -- mutants ---------------------------------------------------------------------------------------

Broken = tuple[str, Callable[..., Any]]


def nothing(*_args: Any, **_more: Any) -> None:
    return None


def _only_while_gone(log: Any, version: int, person: str) -> Any:
    """Forgets what was taken once it was given again."""
    gone = [(fact, one) for fact, one in log._taken.get(person, ()) if one.version > version]
    return [(fact, one) for fact, one in gone if not log.holds(fact, log.version)]


MUTANTS: dict[str, Broken] = {
    "one may approve one's own": ("models.book.permissions.four_eyes_blocks", lambda *_: False),
    "the versions say nothing of their writers": (
        "sync.validation.rules.writer_rules.named",
        lambda *_: frozenset(),
    ),
    "what a decision brings along is not looked at": (
        "models.book.approval.writers.brought_along",
        lambda *_: frozenset(),
    ),
    "what is decided on may be left out": (
        "sync.validation.rules.move_rules.content_named",
        nothing,
    ),
    "closed records can be edited": ("models.book.permissions.closed_by", nothing),
    "anybody voids anything": ("models.book.permissions.voiding", nothing),
    "a role on no project is a role": ("models.book.permissions.writing", nothing),
    "rules need no cause": ("sync.validation.rules.move_rules._caused", nothing),
    "approvals bind to nothing": ("sync.validation.rules.move_rules.bound", nothing),
    "conflicts may be approved": ("sync.validation.rules.binding_rules._one_value", nothing),
    "rows of anything": ("sync.validation.rules.binding_rules._of_row", nothing),
    "anybody confirms": (
        "models.book.conflict.conflict_rules.confirming",
        lambda *_: conflict_rules.Decision("author", False),
    ),
    "the state said is believed": ("sync.validation.rules.move_rules._other_from", nothing),
    "any version of the members": ("sync.validation.rules.move_rules.named_in_time", nothing),
    "any version under a seal": ("sync.validation.authorize.sealed_in_time", nothing),
    "what a device sealed is forgotten": (
        "tests.support.receiver.Memory.sealed_before",
        lambda *_: 0,
    ),
    "the seals over what one builds on are not asked": (
        "tests.support.receiver.Memory.sealed",
        lambda *_: 0,
    ),
    "what a device named is forgotten": (
        "sync.validation.change_context.WriterContext.named_before",
        lambda *_: 0,
    ),
    "what lies beneath is not asked": (
        "sync.validation.rules.floor_rules._beneath",
        lambda _change: (),
    ),
    "a role that was taken is kept": (
        "sync.trust.roster.TakenRole.beyond",
        lambda *_: False,
    ),
    "positions are forgotten when a role is given again": (
        "sync.trust.roster.Roster.taken_since",
        _only_while_gone,
    ),
    "imports at any time": ("sync.validation.rules.move_rules._fresh", lambda *_: True),
    "fills are not looked at": ("sync.validation.rules.move_rules.filled", nothing),
    "needs may be emptied": ("sync.validation.rules.move_rules.as_needed", nothing),
    "moves' fields by edits": ("sync.validation.authorize.no_by_move", nothing),
    "moves' fields at birth": ("sync.validation.rules.creation_rules.no_by_move", nothing),
    "any place": ("sync.validation.rules.creation_rules.placed", lambda *_: True),
    "any id": ("sync.validation.rules.creation_rules._key_id", lambda case, _p: case.change.record),
    "any type under one id": ("sync.validation.rules.creation_rules._only_one", nothing),
    "any header": ("sync.validation.rules.creation_rules.formed", lambda *_: True),
    "any base": ("sync.validation.change_context.ChangeContext.own_versions", nothing),
    "a revocation binds nobody": ("sync.validation.authorize._barred", nothing),
    "any transaction": ("sync.validation.authorize._torn", nothing),
    "anybody adopts": ("sync.validation.authorize.may_adopt", lambda *_: True),
}
HASTY: Mapping[str, Broken] = {
    "any version": ("sync.validation.change_context.ChangeContext._ours", nothing),
    "anybody edits": ("sync.validation.authorize._row_allows", lambda _case: True),
    "any state": (
        "sync.validation.change_context.ChangeContext.row_in_state",
        lambda case: case.subject(case.kind.states[0].name),
    ),
}


@pytest.mark.parametrize("name", MUTANTS)
def test_a_judge_that_forgot_a_rule_is_caught(
    filled: Receiver,
    forgeries: dict[str, Forged],
    name: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path, broken = MUTANTS[name]
    monkeypatch.setattr(path, broken)
    assert caught(forgeries, filled.fork)


@pytest.mark.parametrize("name", HASTY)
def test_a_quick_answer_that_forgot_a_rule_is_caught(
    scene: Scene,
    filled: Receiver,
    forgeries: dict[str, Forged],
    name: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path, broken = HASTY[name]
    monkeypatch.setattr(path, broken)
    assert caught(forgeries, lambda: with_rows(scene, filled))


def caught(forgeries: dict[str, Forged], receiver: Callable[[], Receiver]) -> list[str]:
    """The forgeries that do not meet the fate they should."""
    found = []
    for kind, one in forgeries.items():
        if one.fate == "quarantined":
            try:
                meet(receiver(), one)
            except (AssertionError, KeyError, TypeError):
                found.append(kind)
    return found


STRICT: dict[str, Broken] = {
    "today's roles": (
        "sync.validation.change_context.ChangeContext.roles",
        lambda case, _v=None: _today(case),
    ),
    "an import is a forgery": ("sync.validation.rules.move_rules._fresh", lambda *_: False),
    "rules are never obeyed": ("sync.validation.rules.move_rules.NEAR", lambda: None),
    "the author has no rights": (
        "sync.validation.change_context.ChangeContext.subject",
        lambda case, state: _nobodys(case, state),
    ),
    "edits are frozen at once": (
        "models.book.permissions.closed_by",
        lambda record: Refused(reasons.KEY),
    ),
}


def _today(case: Any) -> Any:
    return RolesAt(case.writer.membership, case.writer.membership.version)


def _nobodys(case: Any, state: str) -> Any:
    header = case.births[0].header
    return ChangeSubject(case.kind, case.change.record, "", header["project"], "nobody", state)


@pytest.mark.parametrize("name", STRICT)
def test_a_judge_that_refuses_too_much_is_caught(
    histories: list[History], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, broken = STRICT[name]
    monkeypatch.setattr(path, 0 if path.endswith("NEAR") else broken)
    refused = 0
    for history in histories:
        receiver = Receiver(history.membership)
        refused += sum(len(receiver.take(blob).faults) for blob in history.blobs)
    assert refused


# -- single rules ----------------------------------------------------------------------------------


def test_a_change_on_a_quarantined_one_is_judged_by_what_stood_before(
    scene: Scene, receiver: Receiver
) -> None:
    """Sync case 54: the forged move changes nothing, and an honest one goes on from before it."""
    pen = begun(Pen(scene))
    id = scene.ids["open"]
    jump = pen.move("close", "closed")
    forged = pen.forge("fix", id, {"state": "closed"}, move=jump)
    base = {"state": [forged], "cause": pen.seen(id, "cause")["cause"]}
    pen.write("fix", id, {"cause": "接着写"}, base=base)
    honest = {"state": [forged], "correction": base["cause"]}
    pen.write("fix", id, {"state": "fixed"}, base=honest, move=pen.move("fix", "fixed"))
    meet(receiver, pen.done("quarantined"))


def test_an_adopted_change_counts(scene: Scene, receiver: Receiver) -> None:
    pen = begun(Pen(scene))
    id = scene.ids["closed"]
    edit = pen.forge("fix", id, {"cause": "改口"})
    meet(receiver, pen.done("quarantined"))
    lead = Pen(scene, "lead")
    lead.write("fix", id, {ADOPT: True}, base={ADOPT: [edit]})
    took(receiver.take(encode(lead.segment())))
    assert not receiver.space(scene.space).quarantined(*edit)


def test_concurrent_creations_of_one_sheet_both_have_an_author(
    scene: Scene, receiver: Receiver
) -> None:
    """Sync case 11: what either of them did as its author stays right."""
    values = {"template": scene.ids["site"], "day": "2026-11-24", "round": 1}
    key = natural_keys.key_id(kinds["sheet"].kind, scene.space, scene.project, "", values)
    for who in ("eng", "mate"):
        pen = Pen(scene, who)
        fields = {"state": "open", **values}
        born = pen.write("sheet", key, fields, header=pen.header(number="CK-1"))
        saw = {"day": [list(born)], "round": [list(born)], "template": [list(born)]}
        move = pen.move("submit", "submitted", "author", saw=saw)
        pen.write("sheet", key, {"state": "submitted"}, base={"state": [born]}, move=move)
        took(receiver.take(encode(pen.segment())))


def test_an_unknown_type_move_or_state_is_left_to_a_newer_program(
    scene: Scene, receiver: Receiver
) -> None:
    """Sync case 45: it is parked, not refused."""
    pen = begun(Pen(scene))
    id = scene.ids["open"]
    pen.write("drone", "d-1", {"state": "flying"}, header=pen.header())
    pen.write("fix", id, {"state": "closed"}, move=pen.move("teleport", "closed"))
    pen.write("fix", id, {"state": "nearly"}, move=pen.move("fix", "nearly"))
    pen.new(fields={"colour": "red"})
    took(receiver.take(encode(pen.segment())))


def test_what_builds_on_the_unknown_is_left_to_it_too(scene: Scene, receiver: Receiver) -> None:
    pen = begun(Pen(scene))
    id = scene.ids["open"]
    nearly = pen.write("fix", id, {"state": "nearly"}, move=pen.move("fix", "nearly"))
    move = pen.move("close", "closed") | {"from": "nearly"}
    pen.write("fix", id, {"state": "closed"}, base={"state": [nearly]}, move=move)
    result = receiver.take(encode(pen.segment()))
    assert [type(fault) for fault in result.faults.values()] == [reasons.Newer]


def test_alone_one_decides_on_ones_own_with_an_honest_mark(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    founder, boss = scene.actors["founder"], scene.actors["boss"]
    administration.set_role(scene.workspace, founder.person, "department_manager", "*", grant=False)
    for name in ("one", "other"):
        scene.ids[name] = scene.add("boss", "escalation", phenomenon="x").id
        boss.book.move(scene.ids[name], "accept", taken_up(boss.book))
        boss.book.move(scene.ids[name], "draft", {"solution": "y"})
    boss.book.move(scene.ids["one"], "approve")
    scene.seal()
    receiver = Receiver(scene.membership)
    for segment in scene.sealed:
        took(receiver.take(encode(segment)))
    pen = Pen(scene, "boss")
    saw = {"solution": [list(dot) for dot in pen.seen(scene.ids["other"], "solution")["solution"]]}
    move = pen.move("approve", "approved", "department_manager", saw=saw) | {"from": "drafted"}
    pen.forge("escalation", scene.ids["other"], {"state": "approved"}, move=move)
    meet(receiver, pen.done("quarantined", reasons.UNMARKED))
    scene.close()


def test_every_hidden_move_says_what_brings_it_about() -> None:
    hidden = {(n, m.id) for n, cls in kinds.items() for m in cls.kind.moves if m.hidden}
    assert hidden == set(declared_causes())
    assert all(acts_after(*cause) for causes in declared_causes().values() for cause in causes)


def test_no_type_declares_a_marked_move() -> None:
    declared = {move.id for cls in kinds.values() for move in cls.kind.moves}
    assert not declared & set(MARKED)


def test_a_change_is_never_altered_by_being_judged(scene: Scene, receiver: Receiver) -> None:
    pen = begun(Pen(scene))
    bodies = list(pen.bodies)
    took(receiver.take(encode(pen.segment())))
    past = receiver.space(scene.space)
    kept = [past.changes[Change.parse(body).dot].canonical() for body in bodies]
    assert kept == bodies
