"""Access: the hub tells of a restricted record whoever reads it, and nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha512
from pathlib import Path

import pytest

from models.storage.backup import backup
from sync.apply.open_book import open_book
from sync.hub.storage import pruning
from sync.organisation import administration
from sync.transport.http.client import Denied
from sync.transport.http.signed_request import written
from sync.workspace import acknowledgements, hub_address
from sync.workspace.restore import restore
from tests.support.incident_files import SECRET, TOLD, Case, declared, traces
from tests.support.replicas import Replica, differences, replica
from tests.sync.hub.running import Running, hub, meet


@pytest.fixture
def case(tmp_path: Path, running: Running) -> Iterator[Case]:
    """An incident with its file and a statement, of people who have this hub."""
    with declared():
        made = Case(tmp_path / "team")
        running.found(made.lead)
        known = hub_address.load(made.lead.home)
        assert known is not None
        for one in made.all[1:]:
            hub_address.save(one.home, known)
        meet(made.lead)
        made.open_file()
        made.state(made.eng)
        yield made
        made.team.close()


def people(running: Running, case: Case) -> set[str]:
    """Whom the hub holds to be named."""
    return running.house.access.named(case.space)


def test_who_is_named_is_told_and_who_only_wrote_hears_of_that(
    case: Case, running: Running
) -> None:
    for one in (case.eng, case.quality, case.person, case.lead, case.late):
        assert meet(one).done
    assert people(running, case) == {case.team.person(case.person)}
    assert not differences(case.quality, case.person)
    assert acknowledgements.unconfirmed(case.eng.workspace) == 0
    for one in (case.lead, case.late):
        assert traces(one, SECRET, TOLD, case.file, case.space) == []
    with hub(case.eng).wire as wire:
        key = case.eng.exchange.admitted()
        wire.hello()
        told = wire.call("POST", "/v1/meet", b"{}", key=key).json()
    assert told["spaces"][case.space]["receipt"]["tips"] == {case.eng.device: 1}
    assert case.space not in told["peers"]


def test_whoever_does_not_read_is_refused_everything(case: Case, running: Running) -> None:
    meet(case.quality)
    meet(case.lead)
    key, carrier = case.lead.exchange.admitted(), hub(case.lead)
    carrier.wire.hello()
    asked = written({case.space: {case.quality.device: 0}})
    space: dict[str, str | int] = {"space": case.space}
    calls: list[tuple[str, str, bytes, dict[str, str | int]]] = [
        ("POST", "/v1/fetch", b"{}", {**space, "after": 0}),
        ("POST", "/v1/gather", asked, {}),
        ("POST", "/v1/files", written({case.space: []}), {}),
        ("GET", "/v1/files", b"", space),
        ("POST", "/v1/held", written({case.space: [1, ""]}), {}),
    ]
    for method, path, body, query in calls:
        with pytest.raises(Denied) as denied:
            carrier.wire.call(method, path, body, key=key, **query)
        assert denied.value.said == "not-entitled", path
    told = carrier.wire.call("POST", "/v1/meet", b"{}", key=key).json()
    assert case.space not in told["spaces"]
    carrier.wire.close()


def test_an_emptied_hub_is_filled_again(case: Case, running: Running) -> None:
    for one in (case.eng, case.quality, case.person, case.quality):
        meet(one)
    t = running.house.base.t
    for name in ("Space", "Segment", "Tip", "Birth", "Access", "Reader", "Quarantined"):
        getattr(t, name).delete().execute()
    running.house.renew_epoch(running.house.epoch)
    for one in (case.person, case.quality, case.person, case.eng, case.late):
        told = meet(one)
        assert not told.refused, told.refused
    assert people(running, case) == {case.team.person(case.person)}
    assert acknowledgements.unconfirmed(case.person.workspace) == 0
    second = _admitted(case, "质检二")
    assert meet(second).done and not differences(case.quality, second)


def _admitted(case: Case, name: str) -> Replica:
    """One more person of quality, with an empty book."""
    meet(case.lead)
    found = case.team.admit(name, ("quality",))
    known = hub_address.load(case.lead.home)
    assert known is not None
    hub_address.save(found.home, known)
    return found


def test_what_a_revoked_device_wrote_later_names_nobody(case: Case, running: Running) -> None:
    meet(case.quality)
    second = _admitted(case, "质检二")
    meet(second)
    second.book.edit(case.file, {"reader": case.team.person(case.late)})
    meet(second)
    assert case.team.person(case.late) in people(running, case)
    administration.revoke(case.lead.workspace, second.device)
    assert people(running, case) == {case.team.person(case.person)}
    meet(case.late)
    assert case.late.book.find(case.file) is None
    meet(case.quality)
    assert case.quality.get(case.file).values()["reader"] is None


def test_a_pruned_record_still_names_its_readers(case: Case, running: Running) -> None:
    meet(case.quality)
    texts = ["".join(sha512(bytes([n, m])).hexdigest() for m in range(8)) for n in range(12)]
    for text in texts:
        case.quality.book.edit(case.file, {"facts": text})
    meet(case.quality)
    assert pruning.compact(running.house, case.space, old=-(1 << 40)) > 0
    running.house.access.refresh(case.space, running.house.membership.now())
    assert people(running, case) == {case.team.person(case.person)}
    assert meet(case.person).done
    assert case.person.get(case.file).values()["facts"] == texts[-1]
    assert not differences(case.quality, case.person)


def test_a_restored_book_goes_on(case: Case, running: Running, tmp_path: Path) -> None:
    meet(case.quality)
    kept = backup(case.quality.workspace.store, tmp_path / "kept")
    case.quality.book.edit(case.file, {"facts": "备份之后"})
    meet(case.quality)
    case.quality.workspace.close()
    restore(case.quality.home, kept)
    again = replica(open_book(case.quality.home))
    case.team.all[1] = case.quality = again
    assert meet(again).done
    again.book.edit(case.file, {"reader": case.team.person(case.late)})
    assert meet(again).done and meet(case.late).done
    assert case.late.get(case.file).values()["facts"] == "备份之后"


def test_many_come_in_few_requests(case: Case, running: Running) -> None:
    meet(case.quality)
    with case.quality.book.saving():
        for number in range(60):
            one = case.quality.book.add(
                "mishap", {"summary": f"第 {number} 起"}, project=case.team.project
            )
            case.quality.book.add(
                "responsibility",
                {"incident": one.id, "facts": "x"},
                project=case.team.project,
            )
    meet(case.quality)
    second = _admitted(case, "质检二")
    before = {path: len(times) for path, times in running.house.times.items()}
    assert meet(second).done
    assert not differences(case.quality, second)
    asked = {path: len(times) - before.get(path, 0) for path, times in running.house.times.items()}
    assert asked["/v1/gather"] == 1 and asked["/v1/files"] == 1 and sum(asked.values()) < 12, asked
