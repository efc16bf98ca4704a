"""Import undo: an import is taken back as a whole, and nothing that people did since."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.text.words import Refused
from sync.workspace.workspace import Workspace
from tests.tui.spreadsheets.makers import csv_file, take
from tui.spreadsheets.importing import import_undo
from tui.spreadsheets.importing.column_mapping import Wishes
from tui.spreadsheets.importing.importer import ImportOptions

MAKES = Wishes(makes=("site",))


def standing(workspace: Workspace, type: str = "fix") -> int:
    """How many records are not void."""
    return int(workspace.store.rows(f'SELECT count(*) FROM "{type}" WHERE void IS NULL')[0][0])


def faults(folder: Path, *texts: str) -> Path:
    """A list of faults at one site, which is made with them."""
    lines = "\n".join(f"{text},机房" for text in texts)
    return csv_file(folder / "故障.csv", f"问题现象,现场\n{lines}\n")


def test_all_that_an_import_added_is_taken_back(workspace: Workspace, tmp_path: Path) -> None:
    path = faults(tmp_path, "甲", "乙", "丙")
    take(workspace, path, wishes=MAKES, way=ImportOptions(chunk=2))
    back = import_undo.undo(workspace.book)
    assert (len(back.voided), back.left) == (4, ())
    assert (standing(workspace), standing(workspace, "site")) == (0, 0)
    assert "作废 4 条" in next(iter(back.lines("UTC")))
    reasons = workspace.store.rows("SELECT DISTINCT void FROM fix")
    assert reasons == [("撤销导入：故障.csv",)]
    with pytest.raises(Refused, match="没有可以撤销的导入"):
        import_undo.undo(workspace.book)


def test_what_was_changed_since_stays_and_is_named(workspace: Workspace, tmp_path: Path) -> None:
    take(workspace, faults(tmp_path, "甲", "乙"), wishes=MAKES)
    (id, number) = workspace.store.rows("SELECT id, number FROM fix ORDER BY n")[0]
    workspace.book.edit(id, {"cause": "后来查明"})
    back = import_undo.undo(workspace.book)
    assert back.left == (number,) and standing(workspace) == 1
    assert f"没有动：{number}" in [*back.lines("UTC")][1]


def test_the_newest_goes_first_and_a_trial_is_none(workspace: Workspace, tmp_path: Path) -> None:
    take(workspace, faults(tmp_path, "甲"), wishes=MAKES)
    take(workspace, faults(tmp_path, "乙", "丙"), wishes=MAKES)
    take(workspace, faults(tmp_path, "丁"), wishes=MAKES, way=ImportOptions(dry=True))
    assert len(import_undo.undo(workspace.book).voided) == 2
    assert len(import_undo.undo(workspace.book).voided) == 2  # the site, too
    assert standing(workspace) == 0


def test_a_list_that_was_taken_back_comes_in_again(workspace: Workspace, tmp_path: Path) -> None:
    path = faults(tmp_path, "甲", "乙")
    take(workspace, path, wishes=MAKES)
    import_undo.undo(workspace.book)
    assert take(workspace, path, wishes=MAKES).added == {"fix": 2}
    assert (standing(workspace), standing(workspace, "site")) == (2, 1)
    assert take(workspace, path, wishes=MAKES).same == {"fix": 2}
    assert len(import_undo.undo(workspace.book).voided) == 3


def test_what_an_import_updated_is_told(workspace: Workspace, tmp_path: Path) -> None:
    for text in ("甲", "乙"):
        path = csv_file(tmp_path / "a.csv", f"外部编号,问题现象\nX,{text}\n")
        take(workspace, path, way=ImportOptions(update=True))
    back = import_undo.undo(workspace.book)
    assert back.voided == () and "更新过的 1 条没有改回" in [*back.lines("UTC")][1]


def test_only_a_few_are_remembered(workspace: Workspace, tmp_path: Path) -> None:
    for number in range(import_undo.KEPT + 2):
        take(workspace, csv_file(tmp_path / f"{number}.csv", f"问题现象\n{number}\n"))
    for _ in range(import_undo.KEPT):
        import_undo.undo(workspace.book)
    with pytest.raises(Refused):
        import_undo.undo(workspace.book)
    assert standing(workspace) == 2
