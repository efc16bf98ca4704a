"""Write: lists out, read by another library and by ourselves, with everything hostile in them."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]

from models.book.book import Book
from models.book.projects import all_projects
from models.queries import value_parser
from models.schema.record import Record, kinds
from models.text.words import Lang, Refused, W, language
from sync.workspace.setup import begin
from sync.workspace.workspace import Workspace
from tests.support.asked import asked
from tests.support.hostile import PAYLOADS
from tests.tui.seen import every
from tests.tui.spreadsheets.makers import count, csv_file, take, told, xlsx_file
from tui.display.terminal_text import show
from tui.spreadsheets.exporting.cell_text import EXCEL_TEXT, Outgoing, fitting
from tui.spreadsheets.exporting.exported_file import ExportedFile
from tui.spreadsheets.exporting.exporter import ExportRequest, write
from tui.spreadsheets.formula_guard import protect, unprotect
from tui.spreadsheets.importing.column_mapping import Wishes
from tui.spreadsheets.importing.importer import ImportOptions

FAILED = W("失败", "failed")
FORMS = (".xlsx", ".csv", ".jsonl")
RISKY = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "'=1", "''", "＝1", "－x"]


def send(
    workspace: Workspace, type: str, path: Path, *, force: bool = False, **wanted: Any
) -> ExportedFile:
    """Export a type."""
    zone = workspace.settings.zone
    return write(workspace.book, zone, kinds[type], path, ExportRequest(**wanted), force=force)


def values(workspace: Workspace, type: str) -> list[tuple[Any, ...]]:
    """What the records of a type say, apart from ids that another book gives anew."""
    cls = kinds[type]
    plain = [name for name, spec in cls.specs().items() if spec.kind != "link"]
    names = ",".join(f'"{name}"' for name in [*plain, "state", "void", "occurred"])
    return sorted(workspace.store.rows(f'SELECT {names} FROM "{type}"'), key=repr)


@pytest.fixture
def full(workspace: Workspace, project: str) -> Workspace:
    """A book in which every kind of field is filled somewhere, with exact and odd values."""
    book = workspace.book
    site = book.add("site", {"name": "主机房", "access": "陪同\n作业票"}).id
    book.add("site", {"name": "同名"})
    twin = book.add("site", {"name": "同名"}).id
    device = book.add("equipment", {"name": "UPS", "site": site, "equipment_class": "power"}).id
    said = {"site": site, "equipment": device, "cause_class": "equipment", "typical": True}
    times = {"fixed_at": 1_700_000_000_123, "fixed_by": book.me}
    made = book.add("fix", {"phenomenon": "告警", **said, **times}, project=project, ref="r-1")
    book.imported(
        made.id, "closed", {"verify_result": "conforms", "verified_at": 1_700_000_001_000}
    )
    book.add("fix", {"phenomenon": "另一处", "site": twin, "typical": False}, project=project)
    book.void(book.add("fix", {"phenomenon": "误记"}, project=project).id, "误记")
    known = {"fix": made.id, "due": "2026-11-30", "severity": "high"}
    book.add("escalation", {"phenomenon": "升级", **known}, project=project, occurred=86_400_000)
    entry = {"week": "2026-W47", "person": book.me, "hours": "37.5", "progress": "巡检"}
    book.add("weekly", entry, project=project)
    template = book.add("template", {"name_zh": "日检", "rounds": 2}).id
    limits = {"unit": "℃", "low": "-5.5", "high": "123456789012345678.25", "critical": True}
    item = {"template": template, "text_zh": "温度", "position": 1, **limits}
    item_id = book.add("template_item", item).id
    book.move(template, "publish", {"frequency": "daily"})
    run = {"template": template, "day": "2026-11-23", "round": 1}
    sheet = book.add("sheet", run, project=project).id
    book.add("answer", {"sheet": sheet, "item": item_id, "result": "not_ok", "reading": "-7"})
    book.add("note", {"about": made.id, "text": "已电话告知"})
    book.add("customer", {"name": "甲方"})
    return workspace


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Workspace]:
    """Another person's book of the same name."""
    opened = begin(tmp_path / "other", name="测试员", lang="zh", project="测试项目")
    yield opened
    opened.close()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_type_goes_out_and_is_known_again(
    full: Workspace, tmp_path: Path, form: str, lang: Lang
) -> None:
    language.now = lang
    for type_, cls in kinds.items():
        if type_ == "attachment":
            continue
        path = tmp_path / f"{type_}{form}"
        written = send(full, type_, path, void=True)
        assert written.count == count(full, type_), type_
        if not written.count:
            continue
        report = take(full, path, type_)
        assert (told(report), report.same) == ([], {type_: written.count}), type_
        assert report.left_out == (), cls


@pytest.mark.parametrize("form", [".xlsx", ".csv"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_another_book_reads_it_back_exactly(
    full: Workspace, other: Workspace, tmp_path: Path, form: str, lang: Lang
) -> None:
    first = ("customer", "site", "equipment", "fix", "escalation", "template", "template_item")
    types = (*first, "sheet", "answer", "weekly")
    for type_ in types:
        language.now = lang
        send(full, type_, tmp_path / f"{type_}{form}", void=True)
        language.now = "zh"
        # a published template takes no items: it comes in as a draft
        wishes = Wishes(sets={"state": "draft"}) if type_ == "template" else None
        report = take(other, tmp_path / f"{type_}{form}", type_, wishes=wishes)
        assert told(report) == []
        if type_ == "template_item":
            other.book.move(next(every(other, "template")).id, "publish")
        if type_ != "template":
            assert values(other, type_) == values(full, type_)
    assert values(other, "template") == values(full, "template")
    for link, target in (("site", "site"), ("equipment", "equipment")):
        sql = f"SELECT f.phenomenon, t.name FROM fix f JOIN {target} t ON t.id=f.{link} ORDER BY 1"
        assert other.store.rows(sql) == full.store.rows(sql)
    sql = "SELECT e.phenomenon, f.phenomenon FROM escalation e JOIN fix f ON f.id=e.fix"
    assert other.store.rows(sql) == [("升级", "告警")]
    for type_ in types:
        assert take(other, tmp_path / f"{type_}{form}", type_).added == {}


@pytest.mark.parametrize("form", FORMS)
def test_hostile_texts_come_back_as_far_as_a_file_can_hold_them(
    workspace: Workspace, other: Workspace, project: str, tmp_path: Path, form: str
) -> None:
    texts = [*PAYLOADS.values(), *RISKY, "_x0041_", "<r><b>x</b></r>", "<r>", "]]>", "&lt;"]
    for text in texts:
        workspace.book.add("fix", {"phenomenon": text, "cause": text}, project=project)
    path = tmp_path / f"fix{form}"
    assert send(workspace, "fix", path).count == len(texts)
    assert take(workspace, path).same == {"fix": len(texts)}
    there = all_projects(other.store)[0].id
    report = take(other, path, project=there)
    if form == ".jsonl":  # which names the project by its id
        assert report.refused == len(texts)
        return
    assert told(report) == []
    found = other.store.rows("SELECT phenomenon, cause FROM fix")
    assert sorted(found, key=repr) == sorted(((show(t), show(t)) for t in texts), key=repr)


def test_json_lines_are_exact_to_the_last_character(
    workspace: Workspace, project: str, tmp_path: Path
) -> None:
    for n, text in enumerate(PAYLOADS.values()):
        workspace.book.add("fix", {"phenomenon": text}, project=project, occurred=n)
    send(workspace, "fix", tmp_path / "a.jsonl")
    raw = (tmp_path / "a.jsonl").read_bytes()
    assert raw.isascii()
    found = [json.loads(line)["phenomenon"] for line in raw.splitlines()]
    assert found == list(reversed(PAYLOADS.values()))


def test_long_texts_have_rows_high_enough(
    workspace: Workspace, project: str, tmp_path: Path
) -> None:
    for at, text in enumerate(("短", "长" * 70, "一\n二\n三", "很长" * 900)):
        workspace.book.add("fix", {"phenomenon": text}, project=project, occurred=at)
    send(workspace, "fix", tmp_path / "a.xlsx")
    sheet = load_workbook(tmp_path / "a.xlsx").active
    assert [sheet.row_dimensions[row].height for row in (3, 4, 5, 6)] == [132, 49.5, 49.5, None]


def test_a_workbook_is_made_for_people(full: Workspace, tmp_path: Path) -> None:
    send(full, "fix", tmp_path / "a.xlsx")
    sheet = load_workbook(tmp_path / "a.xlsx").active
    assert sheet.title == "现场处置"
    assert sheet.row_dimensions[1].hidden
    assert sheet.freeze_panes == "B3"
    assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("landscape", "$2:$2")
    assert sheet.print_title_cols == "$A:$A" and sheet.page_setup.fitToWidth == 3
    assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToHeight == 0
    labels = [cell.value for cell in sheet[2]]
    assert labels[:3] == ["编号", "状态", "问题现象"]
    assert sheet.auto_filter.ref == f"A2:{sheet.cell(2, len(labels)).column_letter}4"
    by_name = {cell.value: cell.column for cell in sheet[1]}
    spans = [span for span in sheet.column_dimensions.values() if span.hidden]
    hidden = {name for name, at in by_name.items() if any(s.min <= at <= s.max for s in spans)}
    assert hidden == {"answer", "device", "synced_at", "ref", "id", "type", "seen"}
    row = {name: sheet.cell(4, at) for name, at in by_name.items()}
    assert row["state"].value == "已关闭"
    assert row["site"].value == "主机房"
    assert row["fixed_at"].value == datetime(2023, 11, 15, 6, 13, 20, 123_000)
    assert row["fixed_at"].is_date
    assert row["typical"].value == "是"
    assert row["fixed_by"].value == row["author"].value == "测试员"
    offered = {rule.formula1: str(rule.sqref) for rule in sheet.data_validations.dataValidation}
    assert '"是,否"' in offered


def test_days_and_numbers_are_real_ones(full: Workspace, tmp_path: Path) -> None:
    send(full, "escalation", tmp_path / "a.xlsx")
    send(full, "weekly", tmp_path / "b.xlsx")
    send(full, "template_item", tmp_path / "c.xlsx")
    assert _cell(tmp_path / "a.xlsx", "due") == datetime(2026, 11, 30)
    assert _cell(tmp_path / "a.xlsx", "occurred_at") == datetime(1970, 1, 2, 8)
    assert _cell(tmp_path / "b.xlsx", "hours") == 37.5
    assert _cell(tmp_path / "c.xlsx", "low") == -5.5
    assert _cell(tmp_path / "c.xlsx", "high") == "123456789012345678.25"


def _cell(path: Path, name: str) -> Any:
    sheet = load_workbook(path).active
    at = next(cell.column for cell in sheet[1] if cell.value == name)
    return sheet.cell(3, at).value


def test_text_is_never_a_formula_in_a_workbook(
    workspace: Workspace, project: str, tmp_path: Path
) -> None:
    for text in RISKY:
        workspace.book.add("fix", {"phenomenon": text}, project=project)
    workspace.book.add("site", {"name": "=cmd|' /C calc'!A0"})
    for type_ in ("fix", "site"):
        send(workspace, type_, tmp_path / f"{type_}.xlsx")
        sheet = load_workbook(tmp_path / f"{type_}.xlsx").active
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}
    raw = (tmp_path / "fix.xlsx").read_bytes()
    assert b"<f>" not in raw


def test_text_is_never_a_formula_in_a_csv(
    workspace: Workspace, project: str, tmp_path: Path
) -> None:
    for text in RISKY:
        workspace.book.add("fix", {"phenomenon": text}, project=project)
    send(workspace, "fix", tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        for cell in row.values():
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "－"))


@pytest.mark.parametrize("text", [*RISKY, "x", "", "'", "'x", "''=x", "正常", "a=b"])
def test_the_quote_against_formulas_is_taken_away_again(text: str) -> None:
    assert unprotect(protect(text)) == text


def test_a_foreign_csv_keeps_its_quotes(workspace: Workspace, tmp_path: Path) -> None:
    take(workspace, csv_file(tmp_path / "a.csv", "phenomenon,cause\n'=x,b\n"))
    assert workspace.store.rows("SELECT phenomenon FROM fix") == [("'=x",)]


def test_a_text_beyond_a_cell_is_cut_said_and_never_comes_back_cut(
    workspace: Workspace, project: str, tmp_path: Path
) -> None:
    whole = "长" * 40_000
    made = workspace.book.add("fix", {"phenomenon": whole, "cause": "x"}, project=project)
    odd = workspace.book.add("fix", {"phenomenon": f"<r>{'x' * 32_750}</r>"}, project=project)
    written = send(workspace, "fix", tmp_path / "a.xlsx")
    assert sorted(written.cut) == [made.number, odd.number]
    report = take(workspace, tmp_path / "a.xlsx", way=ImportOptions(update=True))
    assert (report.same, report.updated) == ({"fix": 2}, {})
    assert workspace.book.get(made.id).values()["phenomenon"] == whole


@pytest.mark.parametrize("text", ["", "x", "字" * EXCEL_TEXT, "😀" * 16_383 + "x"])
def test_what_fits_is_not_cut(text: str) -> None:
    assert fitting(text) == text


@pytest.mark.parametrize("text", ["字" * (EXCEL_TEXT + 1), "😀" * 16_384, "x" * 100_000])
def test_what_does_not_fit_ends_in_a_mark(text: str) -> None:
    short = fitting(text)
    assert short.endswith("…")
    assert len(short.encode("utf-16-le")) // 2 <= EXCEL_TEXT
    assert text.startswith(short[:-1])


def test_an_edited_list_changes_only_what_was_typed(full: Workspace, tmp_path: Path) -> None:
    """What was edited here meanwhile stays; what was typed on both sides is kept side by side."""
    book = full.book
    path = tmp_path / "a.xlsx"
    send(full, "escalation", path)
    made = _only(book, "escalation")
    book.edit(made.id, {"cause": "电池", "phenomenon": "这里改的"})
    sheet = load_workbook(path)
    names = {cell.value: cell.column for cell in sheet.active[1]}
    sheet.active.cell(3, names["severity"]).value = "低"
    sheet.active.cell(3, names["phenomenon"]).value = "表里改的"
    sheet.save(path)
    assert "内容不同：问题现象、严重程度" in told(take(full, path, "escalation"))[0]
    report = take(full, path, "escalation", way=ImportOptions(update=True))
    assert report.updated == {"escalation": 1}
    after = book.get(made.id).values()
    assert (after["severity"], after["cause"]) == ("low", "电池")
    beside = book.writer.siblings(made.id)["phenomenon"]
    assert {after["phenomenon"], beside[0][3]} == {"这里改的", "表里改的"}


def _only(book: Book, type: str) -> Record:
    rows = book.store.rows(f'SELECT id FROM "{type}"')
    assert len(rows) == 1
    return book.get(rows[0][0])


def test_rows_typed_below_a_list_are_added(full: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    send(full, "fix", path)
    book = load_workbook(path)
    names = {cell.value: cell.column for cell in book.active[1]}
    row = book.active.max_row + 1
    for name, value in {"phenomenon": "新的", "site": "主机房", "found_during": "日常检查"}.items():
        book.active.cell(row, names[name]).value = value
    book.save(path)
    report = take(full, path)
    assert (told(report), report.added, report.same) == ([], {"fix": 1}, {"fix": 2})
    assert take(full, path).same == {"fix": 3}


def test_a_blank_form_has_names_only_and_can_be_filled_in(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"
    workspace.book.add("site", {"name": "旧"})
    assert send(workspace, "site", path, blank=True).count == 0
    book = load_workbook(path)
    names = {cell.value: cell.column for cell in book.active[1]}
    book.active.cell(3, names["name"]).value = "新机房"
    book.save(path)
    assert take(workspace, path, "site").added == {"site": 1}


def test_lists_are_narrowed(full: Workspace, project: str, tmp_path: Path) -> None:
    other = full.book.add("project", {"name": "二期"}).id
    full.book.add("fix", {"phenomenon": "x"}, project=other)
    assert send(full, "fix", tmp_path / "a.csv").count == 3
    assert send(full, "fix", tmp_path / "b.csv", void=True).count == 4
    assert send(full, "fix", tmp_path / "c.csv", states=["closed"]).count == 1
    assert send(full, "fix", tmp_path / "d.csv", states=["closed", "open"]).count == 3
    assert send(full, "fix", tmp_path / "e.csv", project=other).count == 1
    assert send(full, "fix", tmp_path / "f.csv", project=other, states=["closed"]).count == 0


@pytest.mark.parametrize("form", FORMS)
def test_what_is_held_is_asked_once(
    workspace: Workspace, project: str, tmp_path: Path, form: str
) -> None:
    for n in range(20):
        workspace.book.add("milestone", {"name": f"第{n}步"}, project=project)
    with asked(workspace.store, 'FROM "concession" WHERE (state NOT IN') as said:
        assert send(workspace, "milestone", tmp_path / f"a{form}").count == 20
    assert len(said) == 1


def test_many_records_go_out_page_by_page(
    workspace: Workspace, project: str, tmp_path: Path
) -> None:
    with workspace.book.saving():
        for n in range(2_500):
            workspace.book.add("fix", {"phenomenon": str(n)}, project=project, occurred=n)
    told_: list[tuple[int, int]] = []
    zone, cls = workspace.settings.zone, kinds["fix"]
    written = write(
        workspace.book,
        zone,
        cls,
        tmp_path / "a.csv",
        ExportRequest(),
        progress=lambda done, total: told_.append((done, total)),
    )
    assert written.count == 2_500
    assert told_ == [(1_000, 2_500), (2_000, 2_500), (2_500, 2_500)]
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        found = [row["phenomenon"] for row in csv.DictReader(file)]
    assert found == [str(n) for n in reversed(range(2_500))]


@pytest.mark.parametrize("form", FORMS)
def test_a_file_that_is_there_stays_unless_forced(
    full: Workspace, tmp_path: Path, form: str
) -> None:
    path = tmp_path / f"a{form}"
    path.write_bytes(b"mine")
    with pytest.raises(Refused, match="--force"):
        send(full, "fix", path)
    assert path.read_bytes() == b"mine"
    send(full, "fix", path, force=True)
    assert path.read_bytes() != b"mine"
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == [path.name]


@pytest.mark.parametrize("form", FORMS)
def test_what_fails_leaves_nothing_behind(
    full: Workspace, tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "out"
    with pytest.raises(Refused, match="不能写入"):
        send(full, "fix", folder / f"a{form}")
    folder.mkdir()
    rows = full.store.rows

    def failing(sql: str, params: Any = ()) -> Any:
        if "LIMIT 1000" in sql:
            raise Refused(FAILED)
        return rows(sql, params)

    monkeypatch.setattr(full.store, "rows", failing)
    with pytest.raises(Refused, match="失败"):
        send(full, "fix", folder / f"a{form}")
    assert list(folder.iterdir()) == []


def test_an_unknown_form_is_refused(full: Workspace, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"a\.pdf"):
        send(full, "fix", tmp_path / "a.pdf")


def test_a_foreign_workbook_of_our_labels_is_read_too(workspace: Workspace, tmp_path: Path) -> None:
    """What a person made by hand after the looks of a list of ours."""
    rows = [
        ["问题现象", "发现途径", "典型、特殊或可避免", "发生时间"],
        ["x", "客户报修", "否", "2025-01-01"],
    ]
    report = take(workspace, xlsx_file(tmp_path / "a.xlsx", rows))
    assert (told(report), report.added) == ([], {"fix": 1})
    assert workspace.store.rows("SELECT found_during, typical FROM fix") == [("customer", 0)]


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Europe/Berlin", "America/New_York"])
def test_every_instant_is_said_so_that_it_is_read_again(workspace: Workspace, zone: str) -> None:
    """Also in the hour that summer time shows twice, and to the millisecond."""
    out = Outgoing(workspace.book, zone)
    ends = {"Europe/Berlin": 1_761_440_400_000, "America/New_York": 1_762_063_200_000}
    around = ends.get(zone, 1_761_440_400_000)
    hours = [around + n * 1_800_000 + 7 for n in range(-6, 7)]
    for ms in [*hours, 0, 1, -86_400_000, 253_370_000_000_000]:
        assert value_parser.moment(out.moment(ms), zone, 0, value_parser.OCCURRED) == ms
    said = [out.moment(ms) for ms in hours]
    assert len(set(said)) == len(said)
    assert sum("T" in text for text in said) == (0 if zone == "Asia/Shanghai" else 4)
