"""Every move of every type: refused to whoever may not make it, by each way it could come.

Who lacks the role, whose own work a decision is about and who is in another state are refused at
the door, by command, in the app, at an import and, forged, on arrival. There a move is also refused
without its reason, past a gate by what decides nothing, and, where it binds, without the fields and
rows that it needs. Nothing here names a type: a type that is declared tomorrow is tried too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from models.book import permissions
from models.book.approval import apart, coverage, passage
from models.book.book import Book
from models.calendar.business_dates import instant
from models.derived import gates
from models.schema.kind import Kind
from models.schema.lifecycle import FILLED, ME, AtLeast, Bar, Move
from models.schema.natural_keys import space_of
from models.schema.record import kinds
from models.schema.roles import AUTHOR, OWNER, ROLES
from models.text.words import Refused
from sync.changes.change import Change
from sync.changes.hybrid_clock import COUNTER_BITS
from sync.encoding.segment import encode
from sync.organisation import administration
from sync.trust.device_key import new_id
from sync.validation import reasons
from sync.validation.history import Writer
from sync.workspace.setup import begin
from sync.workspace.workspace import Workspace, open_book
from tests.support import hostile_book, team
from tests.support.forged_segments import Pen
from tests.support.receiver import Receiver
from tests.support.scene import Scene
from tests.tui.cli.conftest import Shell
from tests.tui.seen import opened, press, quiet, text
from tui.display.move_letters import letters
from tui.pages.dialogs.confirm import Confirm
from tui.pages.forms.move_dialog import asks, go_on, warnings

MOVES = [
    (type, move)
    for type in sorted(kinds)
    for move in kinds[type].kind.moves
    if not move.hidden and move.who
]
EACH = pytest.mark.parametrize(
    ("type_", "move"), [pytest.param(*one, id=f"{one[0]}-{one[1].id}") for one in MOVES]
)
DECISIONS = pytest.mark.parametrize(
    ("type_", "move"),
    [pytest.param(*one, id=f"{one[0]}-{one[1].id}") for one in MOVES if one[1].four_eyes],
)


def _each(*which: tuple[str, Move]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(
        ("type_", "move"), [pytest.param(*one, id=f"{one[0]}-{one[1].id}") for one in which]
    )


def _at_least(move: Move) -> bool:
    return any(isinstance(need, AtLeast) for need in move.needs_rows)


BOUND = [one for one in MOVES if one[1].binding and set(one[1].who) != {OWNER}]
"""Those that are held, on every device, to the fields and rows that they name."""
NEEDING = _each(*(one for one in BOUND if one[1].needs and not _at_least(one[1])))
ROWLESS = _each(*(one for one in BOUND if _at_least(one[1])))
BARRED = _each(*(one for one in BOUND if one[1].barred))
DATED = _each(*(one for one in BOUND if one[1].dated))
VERDICTS = _each(*(one for one in BOUND if one[1].worst))
WORDLESS = _each(*(one for one in MOVES if one[1].requires_comment and set(one[1].who) != {OWNER}))
PAST_GATES = _each(
    *(one for one in MOVES if gates.is_passed(one[0], one[1].to) and set(one[1].who) != {OWNER})
)


class Desk(NamedTuple):
    """A book of somebody without any role; all records are another person's, who has every one."""

    workspace: Workspace
    author: Book
    ids: dict[str, str]

    def record(self, type: str, state: str) -> str:
        """The id of the type's record, brought into a state."""
        id = self.ids[type]
        with self.workspace.store.write():
            self.workspace.store.db.execute_sql(
                f'UPDATE "{type}" SET state=? WHERE id=?', (state, id)
            )
        return id


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("moves") / "book"


@pytest.fixture(scope="module")
def desk(home: Path) -> Iterator[Desk]:
    workspace = begin(home, name="旁人", lang="zh", project="项目")
    person = team.admit(workspace, "同事", tuple(ROLES))
    team.admit(workspace, "第二人", tuple(ROLES))
    author = team.acting(workspace, person)
    made = hostile_book.fill(author, [person])
    for role in ROLES:
        administration.set_role(workspace, workspace.book.me, role, "*", grant=False)
    ids = {type: _by(author, type, some) for type, some in made.items() if type in kinds}
    yield Desk(workspace, author, ids)
    workspace.close()


def _by(author: Book, type: str, ids: list[str]) -> str:
    """The last of these records that the author wrote, that is not void."""
    found = [one for id in ids if (one := author.get(id)).author == author.me and one.void is None]
    return found[-1].id if found else ids[-1]


# -- at the door -----------------------------------------------------------------------------------


@EACH
def test_nobody_without_the_role_makes_it(desk: Desk, type_: str, move: Move) -> None:
    id = desk.record(type_, move.from_[0])
    with pytest.raises(Refused) as refused:
        desk.workspace.book.move(id, move.id)
    assert refused.value.word == permissions.NO_ROLE
    assert desk.author.get(id).state == move.from_[0]


@EACH
def test_it_is_made_from_its_states_only(desk: Desk, type_: str, move: Move) -> None:
    for state in kinds[type_].kind.states:
        if state.name not in move.from_:
            id = desk.record(type_, state.name)
            with pytest.raises(Refused) as refused:
                desk.author.move(id, move.id)
            assert refused.value.word == permissions.WRONG_STATE


@DECISIONS
def test_nobody_decides_on_work_of_their_own(desk: Desk, type_: str, move: Move) -> None:
    id = desk.record(type_, move.from_[0])
    with pytest.raises(Refused) as refused:
        desk.author.move(id, move.id)
    assert refused.value.word == permissions.FOUR_EYES


@EACH
def test_no_import_makes_it(desk: Desk, type_: str, move: Move) -> None:
    id = desk.record(type_, move.from_[0])
    with pytest.raises(Refused):
        desk.workspace.book.imported(id, move.to, source="旧表.xlsx")
    assert desk.author.get(id).state == move.from_[0]


@EACH
def test_no_command_makes_it(
    desk: Desk,
    home: Path,
    capfdbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
    type_: str,
    move: Move,
) -> None:
    shell = Shell(home, capfdbinary, monkeypatch)
    why = shell.refused("move", desk.record(type_, move.from_[0]), move.id)
    needed = Refused(permissions.NO_ROLE, move=move.label, roles=permissions.role_names(move.who))
    assert needed.word.zh and str(move.label) in why and why.rstrip("\n") == str(needed)


@pytest.fixture(scope="module")
def own_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("own") / "book"


@pytest.fixture(scope="module")
def own(own_home: Path) -> Iterator[Desk]:
    """The book of somebody with every role; all records are theirs, and there is a colleague."""
    workspace = begin(own_home, name="本人", lang="zh", project="项目")
    team.admit(workspace, "同事", tuple(ROLES))
    author = workspace.book
    made = hostile_book.fill(author, [author.me])
    ids = {type: _by(author, type, some) for type, some in made.items() if type in kinds}
    yield Desk(workspace, author, ids)
    workspace.close()


def _same_by_command(own: Desk, shell: Shell, id: str, move: Move) -> Refused:
    """What the door says to a move, and a command in the same words."""
    with pytest.raises(Refused) as refused:
        own.author.move(id, move.id)
    assert shell.refused("move", id, move.id).rstrip("\n") == str(refused.value)
    return refused.value


@pytest.mark.parametrize("type_", sorted({type for type, _ in MOVES}))
def test_a_command_makes_it_from_its_states_only(
    own: Desk,
    own_home: Path,
    capfdbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
    type_: str,
) -> None:
    shell = Shell(own_home, capfdbinary, monkeypatch)
    for move in (move for type, move in MOVES if type == type_):
        others = (one.name for one in kinds[type_].kind.states if one.name not in move.from_)
        state = next(others, None)
        if state is not None:
            refused = _same_by_command(own, shell, own.record(type_, state), move)
            assert refused.word == permissions.WRONG_STATE, move.id


@DECISIONS
def test_no_command_decides_on_work_of_one_s_own(
    own: Desk,
    own_home: Path,
    capfdbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
    type_: str,
    move: Move,
) -> None:
    shell = Shell(own_home, capfdbinary, monkeypatch)
    refused = _same_by_command(own, shell, own.record(type_, move.from_[0]), move)
    assert refused.word == permissions.FOUR_EYES


async def test_the_app_decides_on_nothing_of_one_s_own(own: Desk, own_home: Path) -> None:
    """The letter of each four-eyes move is pressed on the page of a record of one's own."""
    workspace = open_book(own_home)
    async with opened(workspace) as (app, pilot):
        for type_, move in MOVES:
            letter = letters(kinds[type_].kind).get(move.id)
            if not move.four_eyes or not letter:
                continue
            id = own.record(type_, move.from_[0])
            app.open_record(id)
            await quiet(pilot)
            page = app.screen
            await press(pilot, letter)
            assert own.author.get(id).state == move.from_[0], f"{type_} {move.id}"
            assert app.screen is page, f"{type_} {move.id}"
            await press(pilot, "escape")
    workspace.close()


async def test_the_app_makes_none_of_them(desk: Desk, home: Path) -> None:
    """The letter of each move is pressed on the page of a record that waits for it."""
    workspace = open_book(home)
    async with opened(workspace) as (app, pilot):
        for type_ in dict.fromkeys(type for type, _ in MOVES):
            app.open_record(desk.ids[type_])
            await quiet(pilot)
            page = app.screen
            for move in (move for type, move in MOVES if type == type_):
                letter = letters(kinds[type_].kind).get(move.id)
                id = desk.record(type_, move.from_[0])
                if letter:
                    await press(pilot, letter)
                where = f"{type_} {move.id}"
                assert desk.author.get(id).state == move.from_[0], where
                assert app.screen is page, where  # no dialog that asks for what it needs
            await press(pilot, "escape")
    workspace.close()


async def test_what_nothing_leads_back_from_is_asked_first(desk: Desk, home: Path) -> None:
    """Of every type, by whatever key: Enter cancels it, or the form of the move says so."""
    workspace = open_book(home)
    async with opened(workspace) as (app, pilot):
        for type_, move in MOVES:
            kind = kinds[type_].kind
            for state in move.from_:
                record = desk.author.get(desk.record(type_, state))
                way = _leads_back(kind, move, state)
                assert permissions.final(record, move) != way, f"{type_} {move.id}"
                if way:
                    continue
                where = f"{type_} {move.id} from {state}"
                assert any("此操作无法撤销" in said for said in warnings(desk.author, record, move))
                if asks(record, move):
                    continue  # the form of the move says it
                go_on(app, record, move, None)
                await quiet(pilot)
                assert isinstance(app.screen, Confirm) and app.focused.id == "no", where
                assert "此操作无法撤销" in text(app), where
                await press(pilot, "enter")
                assert desk.author.get(record.id).state == state, where
    workspace.close()


def _leads_back(kind: Kind, move: Move, state: str) -> bool:
    """Whether any number of people's moves leads back to a state, tried one by one."""
    known = [move.to]
    for reached in known:
        for other in kind.moves:
            if not other.hidden and reached in other.from_ and other.to not in known:
                known.append(other.to)
    return state in known


# -- on arrival ------------------------------------------------------------------------------------


SECOND = "second"
"""A colleague with every role: what they decide on is the founder's."""


class Arrival:
    """A replica that already holds a record of each type and state, and takes what is forged."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.receiver = Receiver(scene.membership)
        for segment in scene.seal():
            assert not self.receiver.take(encode(segment)).faults

    def with_role(self, role: str) -> str:
        """A colleague who has this role and no other, on every replica."""
        name = f"with {role}"
        if name not in self.scene.actors:
            self.scene.enrol(name, (role,))
            self.receiver = Receiver(self.scene.membership)
            for segment in self.scene.seal():
                assert not self.receiver.take(encode(segment)).faults
        return name

    def refusal(
        self,
        type: str,
        state: str,
        who: str,
        move: Move,
        born: Mapping[str, Any] | None = None,
        *,
        passing: bool = False,
        writes: Mapping[str, Any] | None = None,
        at: int = 0,
        **more: Any,
    ) -> Refused | None:
        """What is said of a move that somebody forges on a record of the founder's.

        `born` are registers of its creation, which a binding move names; `passing` claims that
        the creation is a decision which lets it pass; the move `writes` fields besides its state,
        and says that it was made `at` a time (ms UTC).
        """
        receiver, kind, record = self.receiver.fork(), kinds[type].kind, new_id()
        project = self.scene.project if kind.space == "project" else None
        space = space_of(kind, project, record)
        birth = Pen(self.scene, "founder", space)
        header = birth.header(project=project)
        dot = birth.write(type, record, {"state": state, **(born or {})}, header=header)
        held = [(Change.parse(birth.bodies[-1]), birth.hash)]
        named = dict[str, list[Any]]()
        for link, what in move.apart_from if born is not None else ():
            if not link and what in kind.by_move:
                made = birth.write(type, record, {}, base={"state": [dot]}, move={"move": what})
                named[apart.entry(link, what)] = [made]
                held.append((Change.parse(birth.bodies[-1]), birth.hash))
        actor, version = birth.actor, self.scene.membership.version
        receiver.space(space).put(held, Writer(actor.person, version, actor.device))
        pen = Pen(self.scene, who, space)
        if who == "founder":
            pen.seq, pen.prev, pen.hash = birth.seq, birth.hash, birth.hash
        payload = {
            "move": move.id, "from": state, "to": move.to, "role": move.who[0],
            "members": version, **more,
        }  # fmt: skip
        base = {"state": [dot]}
        if named:
            payload[coverage.APART] = named
        if move.binding and born is not None:
            payload |= {"saw": {name: [dot] for name in (born or base)}}
        if passing:
            payload |= passage.payload("2026-11-20", {record: frozenset([dot])}, {})
        written = {"state": move.to, **(writes or {})}
        base |= {name: [dot] for name in written}
        if at:
            pen.at = at << COUNTER_BITS
        pen.write(type, record, written, base=base, move=payload)
        result = receiver.take(encode(pen.segment()))
        assert result.what == "taken", result.why
        return result.faults.get(pen.seq)


@pytest.fixture(scope="module")
def arrival(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Arrival]:
    scene = Scene(tmp_path_factory.mktemp("arrival"))
    scene.enrol(SECOND, tuple(ROLES))
    scene.add("founder", "fix", phenomenon="告警")
    yield Arrival(scene)
    scene.close()


@EACH
def test_forged_without_the_role_it_is_quarantined(
    arrival: Arrival, type_: str, move: Move
) -> None:
    why = arrival.refusal(type_, move.from_[0], "guest", move)
    assert why is not None and why.word == reasons.OF_RIGHTS[permissions.NO_ROLE]


@EACH
def test_forged_from_another_state_it_is_quarantined(
    arrival: Arrival, type_: str, move: Move
) -> None:
    for state in kinds[type_].kind.states:
        if state.name not in move.from_:
            why = arrival.refusal(type_, state.name, "founder", move)
            assert why is not None and why.word == reasons.OF_RIGHTS[permissions.WRONG_STATE]
            break


@DECISIONS
def test_forged_on_work_of_one_s_own_it_is_quarantined(
    arrival: Arrival, type_: str, move: Move
) -> None:
    role = next((role for role in move.who if role != AUTHOR), move.who[0])
    why = arrival.refusal(type_, move.from_[0], "founder", move, role=role)
    own = reasons.OF_RIGHTS[permissions.FOUR_EYES]
    # what such a decision has to name besides is asked for first, and left out here
    names_more = move.apart_from or kinds[type_].kind.compiled
    assert why is not None and why.word in ((own, reasons.UNSEEN) if names_more else (own,))


def _forger(move: Move) -> tuple[str, dict[str, Any]]:
    """Who may make a move but for what it lacks, and the role that they name."""
    role = next((role for role in move.who if role not in (AUTHOR, OWNER)), None)
    return ("founder", {"role": AUTHOR}) if role is None else (SECOND, {"role": role})


def _named(move: Move) -> dict[str, Any]:
    """The payload of a binding move that names no rows, and nobody kept apart."""
    rows = {coverage.ROWS: coverage.encode({})} if move.binding else {}
    return {**rows, **({"comment": "理由"} if move.requires_comment else {})}


@NEEDING
def test_forged_without_what_it_needs_it_is_quarantined(
    arrival: Arrival, type_: str, move: Move
) -> None:
    who, said = _forger(move)
    why = arrival.refusal(type_, move.from_[0], who, move, {}, **said, **_named(move))
    # who is kept apart, or a field that is decided on, is asked for first
    asked = (reasons.NEEDED, reasons.LEFT_OUT, *([reasons.NOT_APART] if move.apart_from else []))
    assert why is not None and why.word in asked


@ROWLESS
def test_forged_without_the_rows_it_needs_it_is_quarantined(
    arrival: Arrival, type_: str, move: Move
) -> None:
    who, said = _forger(move)
    why = arrival.refusal(type_, move.from_[0], who, move, {}, **said, **_named(move))
    assert why is not None and why.word == reasons.OTHER_ROWS


@BARRED
def test_forged_with_a_value_that_bars_it_it_is_quarantined(
    arrival: Arrival, type_: str, move: Move
) -> None:
    for bar in move.barred:
        who, said = _barred_one(arrival, type_, move, bar)
        me = arrival.scene.actors[who].person
        other = arrival.scene.actors["guest"].person
        value = {ME: me, FILLED: other}.get(bar.value, bar.value)
        born = _complete(type_, move) | {bar.field: value}
        why = arrival.refusal(type_, move.from_[0], who, move, born, **said, **_named(move))
        assert why is not None and why.word == reasons.BARRED, bar.field
        fits = {**born, bar.field: other if bar.value == ME else None}
        if bar.field not in move.needs:
            why = arrival.refusal(type_, move.from_[0], who, move, fits, **said, **_named(move))
            assert why is None or why.word != reasons.BARRED, bar.field


@DATED
def test_forged_out_of_its_time_it_is_quarantined(arrival: Arrival, type_: str, move: Move) -> None:
    who, said = _forger(move)
    for one in move.dated:
        born = _complete(type_, move) | {one.field: "2026-11-20"}
        days = {"until": 22, "from": 18, "after": 19}
        for day, out in ((days[one.when], True), (20 if one.when != "after" else 22, False)):
            why = arrival.refusal(
                type_, move.from_[0], who, move, born, **said, **_named(move),
                at=instant(date(2026, 11, day), 720),
            )  # fmt: skip
            late = why is not None and why.word == reasons.OUT_OF_TIME
            assert late is out, (one.field, day, why)


@VERDICTS
def test_forged_with_another_verdict_than_its_rows_it_is_quarantined(
    arrival: Arrival, type_: str, move: Move
) -> None:
    who, said = _forger(move)
    for one in move.worst:
        for value in one.order:
            born, writes = _complete(type_, move), {one.field: value}
            why = arrival.refusal(
                type_, move.from_[0], who, move, born, **said, **_named(move), writes=writes
            )
            wrong = why is not None and why.word == reasons.OTHER_VERDICT
            assert wrong is (value != one.order[0]), (value, why)


def _barred_one(arrival: Arrival, type: str, move: Move, bar: Bar) -> tuple[str, dict[str, Any]]:
    """Somebody with a role for a move whom a bar holds back, and the role that they name."""
    if not bar.unless:
        return _forger(move)
    role = next(one for one in move.who if one not in (AUTHOR, OWNER, *bar.unless))
    person = arrival.with_role(role)
    return person, {"role": role}


def _complete(type: str, move: Move) -> dict[str, Any]:
    """A value of every field that a move needs."""
    values, specs = dict[str, Any](), kinds[type].specs()
    for name in move.needs:
        spec = specs[name]
        if spec.group:
            continue
        values[name] = {"day": "2026-11-20", "moment": 1}.get(
            spec.kind, spec.known[0].name if spec.known else "x"
        )
    return values


@WORDLESS
def test_forged_without_its_reason_it_is_quarantined(
    arrival: Arrival, type_: str, move: Move
) -> None:
    who, said = _forger(move)
    why = arrival.refusal(type_, move.from_[0], who, move, {}, **said)
    assert why is not None and why.word == reasons.NO_COMMENT


@PAST_GATES
def test_forged_past_a_gate_by_no_decision_it_is_quarantined(
    arrival: Arrival, type_: str, move: Move
) -> None:
    why = arrival.refusal(type_, move.from_[0], SECOND, move, passing=True)
    assert why is not None and why.word == reasons.NO_DECISION
