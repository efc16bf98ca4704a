"""Space readers: whom a restricted record of a book names."""

from __future__ import annotations

from pathlib import Path

from sync.apply import space_readers
from tests.support.incident_files import Case, declared


def test_named_are_those_of_the_record_as_far_as_it_is_here(tmp_path: Path) -> None:
    with declared():
        case = Case(tmp_path / "team")
        case.open_file()
        case.state(case.eng)
        mine = case.quality.workspace
        assert space_readers.named(mine, case.space) == {case.team.person(case.person)}
        assert not space_readers.named(case.eng.workspace, case.space)
        assert not space_readers.named(mine, "company")
        case.quality.book.edit(case.file, {"reader": case.team.person(case.late), "person": None})
        assert space_readers.named(mine, case.space) == {case.team.person(case.late)}
        case.team.close()
