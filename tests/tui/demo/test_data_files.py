"""The data files of the demonstration: what a line becomes, and how a wrong one is refused."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from models.text.words import W
from tui.demo.data_files import FOLDER, DataError, area_files, lines, read


class Pump(NamedTuple):
    """A form with a field of each kind."""

    ref: str
    name: W
    flow: float
    stops: tuple[tuple[int, str], ...] = ()
    roles: dict[str, tuple[str, ...]] | None = None
    critical: bool = False
    note: W | None = None


class Start(NamedTuple):
    """A form of a move."""

    move: str
    ref: str


FORMS: dict[str, type] = {"pump": Pump, "move": Start}
NAME = '"name": {"zh": "泵", "en": "Pump"}'


def written(tmp_path: Path, *text: str) -> Path:
    """A folder that holds these lines as `plant.jsonl`."""
    (tmp_path / "plant.jsonl").write_text("\n".join(text) + "\n", encoding="utf-8")
    return tmp_path


def test_each_line_becomes_an_object_of_its_class_in_order(tmp_path: Path) -> None:
    folder = written(
        tmp_path,
        '{"type": "pump", "ref": "p1", ' + NAME + ', "flow": 3, "stops": [[2, "08:00"]],'
        ' "roles": {"engineer": ["a", "b"]}, "critical": true, "note": {"zh": "响", "en": "Loud"}}',
        '{"move": "start", "ref": "p1"}',
        '{"type": "pump", "ref": "p2", ' + NAME + ', "flow": 0.5}',
    )
    found = read("plant", FORMS, folder)
    first = Pump(
        "p1", W("泵", "Pump"), 3, ((2, "08:00"),), {"engineer": ("a", "b")}, True, W("响", "Loud")
    )
    assert found.of(Start) == (Start("start", "p1"),)
    assert found.of(Pump) == (first, Pump("p2", W("泵", "Pump"), 0.5))
    assert [one.ref for one in found] == ["p1", "p1", "p2"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "Expecting property name"),
        ("[]", "not an object with a type or a move"),
        ('{"ref": "p1"}', "not an object with a type or a move"),
        ('{"type": "valve", "ref": "v1"}', "'valve' is not expected here"),
        ('{"type": "pump", "ref": "p1", "ref": "p2"}', "a name is given twice"),
        ('{"type": "pump", "ref": "p", "name": {"zh": "泵"}, "flow": 1}', "needs zh and en"),
        ('{"type": "pump", "name": {"zh": "泵", "en": ""}}', "needs zh and en"),
        ('{"type": "pump", "ref": "p1", ' + NAME + "}", "missing field flow"),
        ('{"type": "pump", "ref": "p1", ' + NAME + ', "flow": 1, "sise": 2}', "unknown field sise"),
        ('{"type": "pump", "ref": 1, ' + NAME + ', "flow": 1}', "ref: 1 is wrong"),
        ('{"type": "pump", "ref": "p1", "name": "Pump", "flow": 1}', "name: 'Pump' is wrong"),
        ('{"type": "pump", "ref": "p1", ' + NAME + ', "flow": true}', "flow: True is wrong"),
        ('{"type": "pump", "ref": "p", ' + NAME + ', "flow": 1, "stops": [[2]]}', "stops: "),
        ('{"type": "pump", "ref": "p", ' + NAME + ', "flow": 1, "roles": {"a": "b"}}', "roles: "),
        ('{"move": "start"}', "missing field ref"),
    ],
)
def test_a_wrong_line_is_refused_with_its_file_and_number(
    tmp_path: Path, line: str, reason: str
) -> None:
    folder = written(tmp_path, '{"move": "start", "ref": "p1"}', line)
    with pytest.raises(DataError, match=rf"^plant\.jsonl, line 2: .*{re.escape(reason)}"):
        read("plant", FORMS, folder)


def test_every_file_of_the_demonstration_is_read_by_name() -> None:
    names = [p.relative_to(FOLDER).with_suffix("").as_posix() for p in FOLDER.rglob("*.jsonl")]
    assert {"company", "faults/tram", "checklists/room"} <= set(names)
    assert len([line for name in names for line in lines(name)]) > 300
    assert all((FOLDER / f"{name}.jsonl").read_bytes().endswith(b"}\n") for name in names)


def test_an_area_adds_files_of_its_own(tmp_path: Path) -> None:
    for name in ("pumps/demo.jsonl", "pumps/demo_repairs.jsonl", "pumps/other.jsonl"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text('{"edit": true, "ref": "p1"}\n', encoding="utf-8")
    files = area_files(tmp_path)
    assert [name for name, _ in files] == ["pumps/demo", "pumps/demo_repairs"]
    (line,) = lines(*files[0])
    assert (line.name, line.fields) == ("edit", {"edit": True, "ref": "p1"})
    assert line.where == "pumps/demo.jsonl, line 1"
