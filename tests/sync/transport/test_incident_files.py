"""Restricted records over every carrier: their readers have all of it, everybody else nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from models.book import permissions
from models.book.conflict import conflict_resolution
from models.book.writing.record_writer import Creation
from models.schema.natural_keys import file_space
from models.schema.record import kinds
from models.text.words import Refused
from sync.changes.compatibility import ADOPT
from sync.organisation import administration
from sync.transport.bundle import bundle
from sync.transport.round import RoundReport
from sync.trust import device_key
from sync.workspace import acknowledgements
from tests.support.incident_files import (
    SECRET,
    TOLD,
    Case,
    declared,
    declared_papers,
    traces,
)
from tests.support.replicas import Replica, differences, give
from tests.sync.hub.way import Served, house_of
from tests.sync.transport.ways import Bundles, Shared, Way


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    """An incident, known to everybody."""
    with declared():
        made = Case(tmp_path / "team")
        yield made
        made.team.close()


def carried(way: Way, case: Case, rounds: int = 2, *, without: Replica | None = None) -> None:
    """Everybody gives and takes, and nothing is refused."""
    some = [one for one in case.all if one is not without]
    for giver in some * rounds:
        sound(way.out(giver))
        for taker in some if isinstance(way, Bundles) else ():
            if taker is not giver:
                sound(way.into(taker))
    for one in some if not isinstance(way, Bundles) else ():
        sound(way.into(one))


def sound(report: RoundReport) -> None:
    """Nothing was refused."""
    assert not report.refused and not report.taken.refused


def nothing_of(case: Case, one: Replica, *more: str) -> None:
    """Somebody has no byte of the file, not even its name, and no record of it."""
    assert traces(one, SECRET, case.file, case.space, "f:responsibility", *more) == []
    assert one.book.find(case.file) is None
    assert [space for space in one.exchange.spaces() if space.startswith("f:")] == []


def quarantined(one: Replica) -> list[tuple[str, str, str, str]]:
    """(device, type, record, reason) of what is in quarantine and was not adopted."""
    every = [item for item in one.exchange.quarantined() if item.adopted is None]
    return sorted((item.device, item.type, item.record, item.reason.en) for item in every)


def test_a_statement_reaches_the_readers_and_nobody_else(case: Case, way: Way) -> None:
    case.open_file()
    said = case.state(case.eng)
    carried(way, case)
    for reader in (case.quality, case.person):
        assert reader.get(case.file).values()["facts"] == SECRET
        assert reader.get(said).values()["text"] == TOLD
    assert not any(differences(case.quality, case.person))
    nothing_of(case, case.lead, TOLD, said)
    nothing_of(case, case.late, TOLD, said)
    # The engineer keeps what they wrote, and knows that it has arrived.
    assert case.eng.get(said).values()["text"] == TOLD
    assert case.eng.book.find(case.file) is None and traces(case.eng, SECRET) == []
    assert acknowledgements.unconfirmed(case.eng.workspace) == 0
    assert all(one.exchange.quarantined() == [] for one in case.all)


def test_who_is_named_later_reads_what_was_before(case: Case, way: Way) -> None:
    case.open_file()
    said = case.state(case.eng)
    carried(way, case, 1)
    nothing_of(case, case.late)
    case.quality.book.edit(case.file, {"reader": case.team.person(case.late)})
    carried(way, case)
    assert not any(differences(case.quality, case.late))
    assert case.late.get(said).values()["text"] == TOLD
    # Whoever is named no longer hears nothing new; what they had they keep.
    case.quality.book.edit(case.file, {"reader": None})
    carried(way, case)
    case.quality.book.edit(case.file, {"facts": "补充：监控录像已核对"})
    carried(way, case)
    assert case.late.get(case.file).values()["facts"] == SECRET
    assert traces(case.late, "监控录像") == []
    assert case.person.get(case.file).values()["facts"] == "补充：监控录像已核对"
    nothing_of(case, case.lead)


def test_statement_before_the_file(case: Case, way: Way) -> None:
    """The file may be opened after the statement was written, and elsewhere."""
    said = case.state(case.eng)
    carried(way, case, 1)
    assert case.quality.get(said).values()["text"] == TOLD
    assert case.lead.book.find(said) is None and traces(case.lead, TOLD) == []
    case.open_file()
    carried(way, case)
    assert case.person.get(said).values()["text"] == TOLD


def test_notes_and_files_follow_their_record(case: Case, way: Way, tmp_path: Path) -> None:
    from models.storage import blobs

    case.open_file()
    note = case.quality.book.add("note", {"about": case.file, "text": "约谈记录"}).id
    stored = blobs.keep_bytes(case.quality.home, b"recorded talk", "talk.txt")
    values = {"about": note, "name": "talk.txt", "sha256": stored.sha256, "size": stored.size}
    case.quality.book.add("attachment", values)
    said = case.state(case.eng)
    other = blobs.keep_bytes(case.eng.home, b"my photo", "photo.jpg")
    values = {"about": said, "name": "photo.jpg", "sha256": other.sha256, "size": other.size}
    case.eng.book.add("attachment", values)
    carried(way, case)
    assert blobs.whole(case.person.home, stored.sha256)
    assert blobs.whole(case.quality.home, other.sha256)
    assert blobs.whole(case.eng.home, stored.sha256) is None
    assert traces(case.lead, "recorded talk", "my photo", stored.sha256, other.sha256) == []


def test_a_revocation_names_no_restricted_record(case: Case, way: Way) -> None:
    case.open_file()
    said = case.state(case.eng)
    carried(way, case)
    administration.revoke(case.lead.workspace, case.person.device)
    carried(way, case, 1, without=case.person)
    nothing_of(case, case.lead, TOLD)
    second = case.team.admit("质检二", ("quality",))
    carried(way, case, without=case.person)
    assert second.get(said).values()["text"] == TOLD
    assert not any(differences(case.quality, second))


def test_who_loses_the_role_hears_nothing_new(case: Case, way: Way) -> None:
    case.open_file()
    carried(way, case, 1)
    who = case.team.person(case.quality)
    second = case.team.admit("质检二", ("quality",))
    carried(way, case)
    assert second.get(case.file).values()["facts"] == SECRET
    administration.set_role(case.lead.workspace, who, "quality", "*", grant=False)
    carried(way, case, 1)
    second.book.edit(case.file, {"facts": "换人之后"})
    carried(way, case)
    assert case.quality.get(case.file).values()["facts"] == SECRET
    assert traces(case.quality, "换人之后") == []
    assert case.person.get(case.file).values()["facts"] == "换人之后"


def test_a_snapshot_of_a_record_is_as_good(case: Case) -> None:
    case.open_file()
    case.team.meet(case.quality)
    for number in range(20):
        case.quality.book.edit(case.file, {"facts": f"{number} " + "很长的经过" * 40})
    case.quality.book.edit(case.file, {"reader": case.team.person(case.late)})
    lean = list(case.quality.exchange.snapshot(case.space, {}))
    assert not case.late.exchange.take(lean).refused
    sql = "SELECT count(*) FROM change WHERE space=? AND substr(body, 1, 1)=x'00'"
    assert case.late.workspace.store.rows(sql, (case.space,)) == [(19,)]
    assert set(case.late.exchange.named(case.space)) == set(case.quality.exchange.named(case.space))
    assert case.late.get(case.file).values() == case.quality.get(case.file).values()


def test_a_passphrase_opens_no_restricted_record_to_others(case: Case, tmp_path: Path) -> None:
    case.open_file()
    case.state(case.quality)
    path = tmp_path / "all.sitebook"
    bundle.write(case.quality.exchange, path, passphrase="correct horse")
    for one in (case.lead, case.person):
        sound(bundle.read(one.exchange, path, passphrase="correct horse"))
    assert case.person.get(case.file).values()["facts"] == SECRET
    nothing_of(case, case.lead, TOLD)


def test_a_shared_folder_names_no_restricted_record(case: Case, tmp_path: Path) -> None:
    case.open_file()
    case.state(case.eng)
    (tmp_path / "share").mkdir()
    way = Shared(tmp_path / "share")
    carried(way, case)
    for path in (tmp_path / "share").rglob("*"):
        assert "responsibility" not in path.name and case.file not in str(path)
        data = path.read_bytes() if path.is_file() else b""
        assert not any(text.encode() in data for text in (SECRET, TOLD, case.file, "f:resp"))


def test_it_may_belong_to_no_project(case: Case) -> None:
    """As a person's papers do: the roles count that are held on any project."""
    with declared_papers() as type:
        values = {"person": case.team.person(case.person), "facts": SECRET}
        made = case.quality.book.add(type, values)
        space = case.quality.book.space_of(made)
        assert space == f"f:{type}::{made.id}"
        assert case.quality.exchange.seal_now(space) == 1
        for one, reads in ((case.person, True), (case.late, False)):
            assert case.quality.exchange.holds(case.team.person(one), space) is reads
            blobs = list(case.quality.exchange.offer(space, {}))
            assert not one.exchange.take(blobs if reads else []).refused
        assert case.person.get(made.id).values()["facts"] == SECRET
        assert not case.person.exchange.quarantined()
        # Its author reads it, so they say who else does.
        own = case.eng.book.add(type, {"person": case.team.person(case.late)})
        mine = case.eng.book.space_of(own)
        assert case.eng.exchange.seal_now(mine) == 1 and not case.eng.exchange.quarantined()
        named = {case.team.person(case.eng), case.team.person(case.late)}
        assert set(case.eng.exchange.named(mine)) == named
        case.eng.book.edit(own.id, {"person": None})
        assert set(case.eng.exchange.named(mine)) == {case.team.person(case.eng)}


# -- what the door refuses -------------------------------------------------------------------------


def test_readers_are_named_by_those_whose_role_reads(case: Case) -> None:
    case.open_file()
    case.team.meet(case.quality, case.person)
    named, project = case.team.person(case.late), case.team.project
    with pytest.raises(Refused) as refused:
        case.person.book.edit(case.file, {"reader": named})
    assert refused.value.word is permissions.NOT_NAMING
    with pytest.raises(Refused) as refused:
        values = {"incident": case.incident, "person": named}
        case.eng.book.add("responsibility", values, project=project)
    assert refused.value.word is permissions.NOT_NAMING
    case.person.book.edit(case.file, {"facts": "本人补充"})  # all else is theirs to write
    case.eng.book.add("responsibility", {"incident": case.incident}, project=project)


def test_who_reads_is_no_conflict_for_others_to_settle(case: Case) -> None:
    case.open_file()
    second = case.team.admit("质检二", ("quality",))
    for taker in (second, case.person):
        give(case.quality, taker, [case.space])
    case.quality.book.edit(case.file, {"reader": case.team.person(case.late)})
    second.book.edit(case.file, {"reader": case.team.person(case.eng)})
    for giver in (case.quality, second):
        give(giver, case.person, [case.space])
    named = {case.team.person(one) for one in (case.person, case.late, case.eng)}
    assert set(case.person.exchange.named(case.space)) == named  # both values stand
    with pytest.raises(Refused) as refused:
        conflict_resolution.resolve(
            case.person.book, case.file, "reader", value=case.team.person(case.late)
        )
    assert refused.value.word is permissions.NOT_NAMING
    give(case.person, second, [case.space])
    conflict_resolution.resolve(second.book, case.file, "reader", value=None)
    assert set(second.exchange.named(case.space)) == {case.team.person(case.person)}


# -- forged ----------------------------------------------------------------------------------------


def created(case: Case, forger: Replica, type: str, id: str, space: str = "", **values: Any) -> str:
    """A record made past the door, by default in the space of the file."""
    author = values.pop("author", forger.book.me)
    birth = Creation(space=space or case.space, project=case.team.project, author=author)
    with forger.book.saving():
        return str(forger.book.writer.create(kinds[type], id, values, birth).id)


def widened(case: Case) -> tuple[Replica, str]:
    """The person concerned names another reader."""
    row, named = case.person.get(case.file), {"reader": case.team.person(case.late)}
    with case.person.book.saving():
        case.person.book.writer.write(row, case.space, named, row.dots)
    return case.person, "Who reads a Responsibility file is named by these roles only"


def under_anothers_name(case: Case) -> tuple[Replica, str]:
    """A statement that says it is the person's."""
    other = case.team.person(case.person)
    id = device_key.new_id()
    created(case, case.eng, "statement", id, file=case.file, text="我承认", author=other)
    return case.eng, "claims another author"


def opened_without_a_role(case: Case) -> tuple[Replica, str]:
    """A project manager, who may not write one, opens a file and names a reader."""
    id, named = device_key.new_id(), case.team.person(case.late)
    space = file_space("responsibility", case.team.project, id)
    created(case, case.late, "responsibility", id, space, incident=case.incident, person=named)
    return case.late, "not"


def opened_by_one_who_may_not_name(case: Case) -> tuple[Replica, str]:
    """An engineer, who may open a file, names a reader of it."""
    second = case.eng.book.add("mishap", {"summary": "第二起"}, project=case.team.project)
    cls = kinds["responsibility"]
    from models.book.writing.creation import file_id

    id = file_id(cls, second)
    space = file_space("responsibility", case.team.project, id)
    named = case.team.person(case.late)
    created(case, case.eng, "responsibility", id, space, incident=second.id, person=named)
    return case.eng, "Who reads a Responsibility file is named by these roles only"


def in_the_open(case: Case) -> tuple[Replica, str]:
    """A file in the project's own space, for all to read."""
    second = case.eng.book.add("mishap", {"summary": "第三起"}, project=case.team.project)
    from models.book.writing.creation import file_id

    id, open_to_all = file_id(kinds["responsibility"], second), f"p:{case.team.project}"
    created(case, case.eng, "responsibility", id, open_to_all, incident=second.id)
    return case.eng, "space"


def something_else(case: Case) -> tuple[Replica, str]:
    """A fix in the space of a file."""
    created(case, case.eng, "fix", device_key.new_id(), phenomenon="x")
    return case.eng, "space"


FORGED: list[Callable[[Case], tuple[Replica, str]]] = [
    widened,
    under_anothers_name,
    opened_without_a_role,
    opened_by_one_who_may_not_name,
    in_the_open,
    something_else,
]


@pytest.mark.parametrize("forge", FORGED, ids=lambda one: one.__name__)
def test_what_is_forged_counts_nowhere(
    case: Case, way: Way, forge: Callable[[Case], tuple[Replica, str]]
) -> None:
    second = case.team.admit("部门经理", ("department_manager",))
    case.open_file()
    case.state(case.eng)
    carried(way, case)
    forger, reason = forge(case)
    sound(way.out(forger))
    for one in (case.quality, second, case.late, case.lead):
        if one is not forger:
            sound(way.into(one))
    found = quarantined(case.quality)
    assert len(found) == 1 and found[0][0] == forger.device and reason in found[0][3], found
    assert quarantined(second) == found and quarantined(forger) == found
    hub: object = way
    if isinstance(hub, Served):
        bad = house_of(hub.folder).base.t.Quarantined
        rows = bad.select(bad.device, bad.record, bad.adopted).tuples()
        assert list(rows) == [(found[0][0], found[0][2], 0)]
    assert not any(differences(case.quality, second))
    if forger is not case.late:
        nothing_of(case, case.late)
    nothing_of(case, case.lead)
    assert case.quality.get(case.file).values()["reader"] is None


def test_who_does_not_read_adopts_nothing(case: Case, way: Way) -> None:
    case.open_file()
    carried(way, case)
    widened(case)
    carried(way, case)
    (bad,) = case.quality.exchange.quarantined()
    # A reviewer who reads nothing forges the adoption of what would let them read.
    late = case.late.workspace.log
    with case.late.workspace.store.write():
        late.append(
            space=case.space, type="responsibility", record=case.file,
            fields={ADOPT: "x"}, base={ADOPT: [(bad.device, bad.seq)]},
        )  # fmt: skip
    carried(way, case)
    assert case.quality.get(case.file).values()["reader"] is None
    assert all(one.book.find(case.file) is None for one in (case.late, case.lead))
