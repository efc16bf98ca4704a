"""Commands and documents for those who read a restricted record, and for those who do not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.queries import links
from models.records.common import issued_documents
from models.schema.natural_keys import file_of
from models.text.words import language
from tests.support.incident_files import SECRET, TOLD, Case, declared, traces
from tests.support.replicas import Replica
from tests.tui.cli.conftest import Shell
from tests.tui.documents.makers import text_of
from tui.documents import issue, registry
from tui.documents.document import DOCUMENTS
from tui.documents.record_text import RecordText


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    """A file with a statement, where it belongs."""
    with declared():
        made = Case(tmp_path / "team")
        made.open_file()
        made.state(made.eng)
        spread(made)
        yield made
        made.team.close()


def spread(case: Case) -> None:
    """Everybody has what is theirs, as every carrier brings it."""
    from tests.sync.transport.ways import Shared

    share = case.team.folder.parent / "share"
    share.mkdir(exist_ok=True)
    for one in case.all * 2:
        Shared(share).out(one)


def shell(one: Replica, bare: Shell) -> Shell:
    """The commands in somebody's hands."""
    return Shell(one.home, bare.capture, bare.patch)


def test_for_everybody_else_it_is_not_there(case: Case, bare: Shell, tmp_path: Path) -> None:
    lead = shell(case.lead, bare)
    for words in (SECRET[:6], TOLD[:5], case.quality.get(case.file).number):
        assert lead.ok("find", words, "--json").out == ""
    assert lead.ok("list", "responsibility", "--json").out == ""
    assert lead.ok("list", "statement", "--json").out == ""
    for type in ("responsibility", "statement", "mishap"):
        out = tmp_path / f"{type}.csv"
        lead("export", type, "-o", out)
        assert not out.exists() or SECRET not in out.read_text(encoding="utf-8-sig")
    assert "没有找到" in lead.refused("show", case.file)
    shown = lead.ok("show", case.incident).out
    assert "责任认定" not in shown and case.file not in shown
    assert traces(case.lead, SECRET, TOLD) == []


def test_its_readers_have_all_of_it(case: Case, bare: Shell) -> None:
    person = shell(case.person, bare)
    assert [one["id"] for one in person.ok("find", SECRET[:6], "--json").lines] == [case.file]
    assert SECRET in person.ok("show", case.file).out
    assert "责任认定" in person.ok("show", case.incident).out
    (row,) = person.ok("list", "statement", "--json").lines
    assert row["text"] == TOLD


def test_a_writer_sees_their_own_and_a_word_for_the_rest(case: Case, bare: Shell) -> None:
    eng = shell(case.eng, bare)
    (row,) = eng.ok("list", "statement", "--json").lines
    shown = eng.ok("show", row["id"]).out
    assert str(links.UNREAD) in shown and case.file not in shown
    assert case.file not in eng.ok("check").out
    # The number of the incident is enough to write one more.
    number = case.eng.get(case.incident).number
    made = eng.ok("add", "statement", f"file={number}", "text=补充一点", "--json").json
    space = case.eng.book.space_of(case.eng.get(made["id"]))
    assert space == case.space
    eng.ok("set", made["id"], "text=再补充一点")
    spread(case)
    assert case.person.get(made["id"]).values()["text"] == "再补充一点"


def test_a_statement_about_nothing_is_refused(case: Case, bare: Shell) -> None:
    eng = shell(case.eng, bare)
    said = eng.refused("add", "statement", "file=XI-2026-Z-9999", "text=x")
    assert "XI-2026-Z-9999" in said
    other = "0190a1b2-0000-7000-8000-000000000009"
    assert other in eng.refused("add", "statement", f"file={other}", "text=x")


def test_what_is_issued_stays_with_its_readers(case: Case) -> None:
    language.now = "zh"
    reading = RecordText(case.quality.workspace)
    record = case.quality.get(case.file)
    subject = registry.subject_of(reading, DOCUMENTS["record"], record)
    done = issue.issue(reading, subject)
    assert SECRET in text_of(done.made.content) and TOLD in text_of(done.made.content)
    assert case.quality.book.space_of(done.record) == case.space
    issue.check(reading, done.record)
    spread(case)
    (theirs,) = issued_documents.versions(case.person.book.store, case.file, "record")
    issue.check(RecordText(case.person.workspace), theirs)
    assert case.lead.book.find(done.record.id) is None
    assert traces(case.lead, done.record.id, str(done.record.sha256), SECRET) == []


def test_the_paper_of_an_incident_tells_nothing_of_its_file(case: Case) -> None:
    reading = RecordText(case.quality.workspace)
    incident = case.quality.get(case.incident)
    subject = registry.subject_of(reading, DOCUMENTS["record"], incident)
    done = issue.issue(reading, subject)
    told = text_of(done.made.content)
    number = case.quality.get(case.file).number
    assert "机房断电" in told and number not in told and "责任认定" not in told
    assert file_of(case.quality.book.space_of(done.record)) is None
    spread(case)
    assert case.lead.get(done.record.id).id == done.record.id


def test_types_say_who_reads(case: Case, bare: Shell) -> None:
    told = shell(case.lead, bare).ok("types", "responsibility", "--json").json
    assert told["readers"] == {
        "roles": ["quality", "department_manager"],
        "people": ["person", "reader"],
    }
    assert shell(case.lead, bare).ok("types", "fix", "--json").json["readers"] is None
