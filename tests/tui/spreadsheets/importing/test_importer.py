"""Load: good rows kept, bad ones named, nothing twice, nothing half done."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from models.book.people import People
from models.records.checks.questions import items_of
from models.schema.record import kinds
from models.storage.store import FULL
from models.text.words import Refused, language
from sync.workspace.workspace import Workspace, open_book
from tests.support.team import acting, admit
from tests.tui.spreadsheets.makers import (
    cells_of,
    cook,
    count,
    csv_file,
    jsonl_file,
    take,
    told,
    xlsx_file,
)
from tui.spreadsheets.exporting import exporter
from tui.spreadsheets.exporting.exporter import ExportRequest
from tui.spreadsheets.importing.column_mapping import Wishes
from tui.spreadsheets.importing.importer import ImportOptions, load
from tui.spreadsheets.importing.recipe_file import parse
from tui.spreadsheets.importing.report import ImportReport
from tui.spreadsheets.importing.row_draft import CellPlace
from tui.spreadsheets.reading.table import SourceTable, TableRow

HEAD = "问题现象,发现途径,处理时间\n"


def one(workspace: Workspace, type: str = "fix") -> Any:
    """The only record of a type."""
    rows = workspace.store.rows(f'SELECT id FROM "{type}"')
    assert len(rows) == 1
    return workspace.book.get(rows[0][0])


def faulty(tmp_path: Path) -> Path:
    """Six rows, of which three are bad, each in another way."""
    lines = [
        "UPS 告警,客户报修,2026-11-22 08:30",
        "空调告警,心灵感应,",
        ",,",
        "门禁失灵,,昨天吧",
        "漏水,other,2026/11/22",
        '"未闭合,,',
        "电池鼓胀,daily checklist,2026-11-22T08:30+08:00",
    ]
    return csv_file(tmp_path / "a.csv", HEAD + "\n".join(lines) + "\n")


def test_good_rows_are_kept_and_each_bad_one_is_named(workspace: Workspace, tmp_path: Path) -> None:
    report = take(workspace, faulty(tmp_path))
    assert (report.rows, report.refused, report.added) == (6, 3, {"fix": 3})
    assert count(workspace, "fix") == 3
    assert told(report) == [
        "第 3 行，“发现途径”列：只能是以下之一："
        "日常检查、监控告警、客户报修、作业过程、质量检查、其他",
        "第 5 行，“处理时间”列：应为时间，例如 2026-11-22 08:30",
        "第 7 行：引号没有闭合或位置不对，这一行没有读",
    ]
    texts = {row[0] for row in workspace.store.rows("SELECT phenomenon FROM fix")}
    assert texts == {"UPS 告警", "漏水", "电池鼓胀"}


def test_the_sentences_follow_the_language(workspace: Workspace, tmp_path: Path) -> None:
    report = take(workspace, faulty(tmp_path))
    language.now = "en"
    assert "Row 5, column “处理时间”: must be a time such as 2026-11-22 08:30" in told(report)
    assert "On-site fix: 3 added." in list(report.lines())


def test_the_same_file_twice_adds_nothing_and_says_so(workspace: Workspace, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", HEAD + "甲,,\n乙,,\n甲,,\n")
    assert take(workspace, path).added == {"fix": 3}
    again = take(workspace, path)
    assert (again.added, again.same, again.refused) == ({}, {"fix": 3}, 0)
    assert list(again.lines())[-1] == "文件中的内容都已在簿中。"
    assert count(workspace, "fix") == 3


def test_a_mended_file_adds_what_was_refused(workspace: Workspace, tmp_path: Path) -> None:
    path = faulty(tmp_path)
    take(workspace, path)
    text = path.read_text(encoding="utf-8")
    text = text.replace("心灵感应", "monitoring").replace("昨天吧", "").replace('"未闭合', "闭合")
    report = take(workspace, csv_file(path, text))
    assert (report.added, report.same, report.refused) == ({"fix": 3}, {"fix": 3}, 0)
    assert count(workspace, "fix") == 6


def test_rows_are_the_same_in_whatever_form_and_order_they_come(
    workspace: Workspace, tmp_path: Path
) -> None:
    wishes = Wishes(source="desk")
    items = [{"phenomenon": "甲", "place": "1"}, {"phenomenon": "乙", "place": "2"}]
    assert take(workspace, jsonl_file(tmp_path / "a.jsonl", items), wishes=wishes).added
    table = [["place", "phenomenon"], ["2", "乙"], ["1", "甲"]]
    for path in (
        xlsx_file(tmp_path / "b.xlsx", table),
        csv_file(tmp_path / "c.csv", "\n".join(",".join(row) for row in table)),
    ):
        report = take(workspace, path, wishes=wishes)
        assert (report.added, report.same) == ({}, {"fix": 2})


def test_a_record_changed_here_since_is_no_difference(workspace: Workspace, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", "ref,phenomenon,state\nr1,甲,open\n")
    take(workspace, path)
    made = one(workspace)
    workspace.book.edit(made.id, {"phenomenon": "甲，已核实"})
    workspace.book.move(made.id, "fix", {"correction": "更换"})
    report = take(workspace, path, way=ImportOptions(update=True))
    assert (report.same, report.refused, report.updated) == ({"fix": 1}, 0, {})
    assert one(workspace).values()["phenomenon"] == "甲，已核实"


def test_a_changed_row_is_refused_or_written_when_asked(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = csv_file(tmp_path / "a.csv", "ref,phenomenon,cause,state\nr1,甲,,open\n")
    take(workspace, path)
    csv_file(path, "ref,phenomenon,cause,state\nr1,甲,电池,closed\n")
    report = take(workspace, path)
    assert report.refused == 1
    assert "内容不同：原因、状态" in told(report)[0]
    assert one(workspace).values()["cause"] is None
    report = take(workspace, path, way=ImportOptions(update=True))
    assert (report.updated, report.refused) == ({"fix": 1}, 0)
    assert (one(workspace).state, one(workspace).values()["cause"]) == ("closed", "电池")
    assert take(workspace, path, way=ImportOptions(update=True)).same == {"fix": 1}


def test_an_empty_cell_never_clears(workspace: Workspace, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", "ref,phenomenon,cause\nr1,甲,电池\n")
    take(workspace, path)
    csv_file(path, "ref,phenomenon,cause\nr1,甲,\n")
    assert take(workspace, path, way=ImportOptions(update=True)).same == {"fix": 1}
    assert one(workspace).values()["cause"] == "电池"


def test_what_a_file_changes_in_vain_is_named(workspace: Workspace, tmp_path: Path) -> None:
    """Cleared cells, another writer, another time: not "everything is already in the book"."""
    first = "ref,phenomenon,cause,place,occurred\nr1,甲,电池,一楼,2026-03-05 08:30\nr2,乙,,,\n"
    path = csv_file(tmp_path / "a.csv", first)
    take(workspace, path)
    again = take(workspace, path, way=ImportOptions(update=True))
    assert (again.same, again.kept) == ({"fix": 2}, {})
    ((second,),) = workspace.store.rows("SELECT id FROM fix WHERE ref='r2'")
    workspace.book.edit(second, {"cause": "在簿中补的"})
    csv_file(path, "ref,phenomenon,cause,place,occurred\nr1,甲,,,2026-03-06 08:30\nr2,乙,,,\n")
    report = take(workspace, path, way=ImportOptions(update=True))
    assert report.same == {"fix": 2}
    assert report.plain()["kept"] == {"cause": [2], "place": [2], "occurred_at": [2]}
    said = list(report.lines())
    assert "文件中的内容都已在簿中。" not in said
    assert any("原因（第 2 行）" in line and "没有修改" in line for line in said)


def test_another_writer_in_a_list_of_ours_is_named(workspace: Workspace, tmp_path: Path) -> None:
    take(workspace, csv_file(tmp_path / "a.csv", "phenomenon,cause\n甲,电池\n"))
    out = tmp_path / "o.csv"
    exporter.write(workspace.book, workspace.settings.zone, kinds["fix"], out, ExportRequest())
    assert take(workspace, out).kept == {}
    text = out.read_text(encoding="utf-8-sig").replace("测试员", "别人").replace("电池", "")
    report = take(workspace, csv_file(out, text), way=ImportOptions(update=True))
    assert set(report.plain()["kept"]) == {"author", "cause"}


def test_a_state_comes_as_one_marked_move(workspace: Workspace, tmp_path: Path) -> None:
    text = (
        "phenomenon,状态,verify_result,verified_by,occurred\nx,已关闭,符合要求,测试员,2025-03-01\n"
    )
    report = take(workspace, csv_file(tmp_path / "old.csv", text))
    assert told(report) == []
    made = one(workspace)
    assert (made.state, made.values()["verify_result"]) == ("closed", "conforms")
    assert made.values()["verified_by"] == workspace.book.me
    assert made.occurred < made.recorded
    created, moved = workspace.book.change_log.history(made.id)
    assert created.fields["state"] == "open"
    assert moved.move is not None
    assert (moved.move["move"], moved.move["comment"]) == ("import", "old.csv")


def test_a_state_that_is_none_or_not_allowed_refuses_the_row(
    workspace: Workspace, tmp_path: Path
) -> None:
    engineer = acting(workspace, admit(workspace, "小林", ["engineer"]))
    text = "phenomenon,state\na,accepted\nb,gone\nc,\n"
    with_roles = workspace.book
    workspace.book = engineer
    report = take(workspace, csv_file(tmp_path / "a.csv", text), "escalation")
    workspace.book = with_roles
    assert report.added == {"escalation": 1}
    assert "第 3 行，“state”列：问题升级没有状态“gone”" in told(report)[0]
    assert "部门经理" in told(report)[1]
    assert one(workspace, "escalation").state == "reported"


def test_a_void_record_comes_in_void(workspace: Workspace, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", "phenomenon,作废原因\nx,重复\n")
    take(workspace, path)
    assert one(workspace).void == "重复"
    assert take(workspace, path).same == {"fix": 1}


def test_links_are_found_by_number_ref_or_name(workspace: Workspace, tmp_path: Path) -> None:
    book = workspace.book
    first = book.add("site", {"name": "主机房"})
    second = book.add("site", {"name": "备用"}, ref="s-2")
    book.add("site", {"name": "同名"})
    book.add("site", {"name": "同名"})
    lines = f"a,主机房\nb,{second.number}\nc,s-2\nd,{first.id}\ne,没有\nf,同名\n"
    report = take(workspace, csv_file(tmp_path / "a.csv", "phenomenon,site\n" + lines))
    found = workspace.store.rows("SELECT site FROM fix ORDER BY phenomenon")
    assert [row[0] for row in found] == [first.id, second.id, second.id, first.id]
    assert "没有找到名为“没有”的现场" in told(report)[0]
    assert "“同名”有多个" in told(report)[1]


def test_missing_sites_are_proposed_once_when_asked(workspace: Workspace, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", "phenomenon,site\na,甲站\nb,甲站\nc,乙站\n")
    report = take(workspace, path, wishes=Wishes(makes=["site"]), way=ImportOptions(chunk=1))
    assert (report.added, report.made) == ({"fix": 3}, {"site": 2})
    assert count(workspace, "site") == 2


def test_what_was_made_for_a_refused_row_goes_with_it(workspace: Workspace, tmp_path: Path) -> None:
    """A site made for a row that then fails is taken back, and made anew for the next."""
    text = "phenomenon,site,state\na,甲站,approved\nb,甲站,\n"
    admit(workspace, "段工", ["department_manager"])
    path = csv_file(tmp_path / "a.csv", text)
    report = take(workspace, path, "escalation", wishes=Wishes(makes=["site"]))
    assert (report.refused, report.made, report.added) == (1, {"site": 1}, {"escalation": 1})
    assert count(workspace, "site") == 1
    made = one(workspace, "escalation").values()["site"]
    assert workspace.book.get(made).title() == "甲站"
    assert workspace.log.verify_chain() is None


def test_a_dry_run_saves_nothing_and_says_the_same(workspace: Workspace, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", "phenomenon,site,state\na,甲,closed\nb,甲,x\nc,乙,\n")
    before = workspace.store.rows("SELECT COUNT(*), MAX(n) FROM change")
    tried: list[object] = []
    workspace.book.saved.append(tried.append)
    wishes = Wishes(makes=["site"])
    dry = take(workspace, path, wishes=wishes, way=ImportOptions(dry=True, chunk=1))
    assert workspace.store.rows("SELECT COUNT(*), MAX(n) FROM change") == before
    assert (count(workspace, "fix"), count(workspace, "site"), tried) == (0, 0, [])
    real = take(workspace, path, wishes=wishes)
    assert (dry.added, dry.made, told(dry)) == (real.added, real.made, told(real))
    assert "试运行" in list(dry.lines())[-1]


def test_an_import_cancelled_half_way_keeps_what_it_has_and_goes_on(
    workspace: Workspace, tmp_path: Path
) -> None:
    lines = "".join(f"问题 {n}\n" for n in range(100))
    path = csv_file(tmp_path / "a.csv", "phenomenon\n" + lines)
    asked: list[int] = []

    def stopped() -> bool:
        asked.append(1)
        return len(asked) > 42

    report = take(workspace, path, way=ImportOptions(chunk=10, stopped=stopped))
    assert report.stopped
    assert count(workspace, "fix") == report.added["fix"] == 42
    assert "第 43 行之前" in list(report.lines())[-1]
    rest = take(workspace, path, way=ImportOptions(chunk=10))
    assert (rest.added, rest.same) == ({"fix": 58}, {"fix": 42})
    assert count(workspace, "fix") == 100


def test_an_interrupt_within_a_chunk_takes_the_chunk_back(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = "".join(f"问题 {n}\n" for n in range(30))
    path = csv_file(tmp_path / "a.csv", "phenomenon\n" + lines)
    insert, calls = workspace.log.append, list[int]()

    def interrupted(**change: Any) -> tuple[int, int]:
        calls.append(1)
        if len(calls) == 25:
            raise KeyboardInterrupt
        return insert(**change)

    monkeypatch.setattr(workspace.log, "append", interrupted)
    report = take(workspace, path, way=ImportOptions(chunk=10))
    assert report.stopped
    assert count(workspace, "fix") == report.added["fix"] == 20
    assert workspace.log.verify_chain() is None
    monkeypatch.undo()
    assert take(workspace, path).added == {"fix": 10}


def test_a_full_disk_ends_it_with_what_is_saved(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = "".join(f"问题 {n} {'字' * 3_000}\n" for n in range(200))
    path = csv_file(tmp_path / "a.csv", "phenomenon\n" + lines)
    pages = workspace.store.rows("PRAGMA page_count")[0][0]
    workspace.store.db.execute_sql(f"PRAGMA max_page_count={pages + 300}")
    report = take(workspace, path, way=ImportOptions(chunk=10))
    assert report.fault is not None
    assert report.fault.word is FULL
    assert 0 < report.added["fix"] < 200
    assert count(workspace, "fix") == report.added["fix"]
    workspace.store.db.execute_sql("PRAGMA max_page_count=1073741823")
    assert take(workspace, path).added["fix"] + report.added["fix"] == 200


def test_what_is_imported_is_there_after_the_book_is_opened_again(
    workspace: Workspace, tmp_path: Path
) -> None:
    take(workspace, csv_file(tmp_path / "a.csv", "phenomenon,state\nx,closed\ny,\n"))
    workspace.close()
    opened = open_book(workspace.home)
    states = opened.store.rows("SELECT state FROM fix ORDER BY phenomenon")
    assert states == [("closed",), ("open",)]
    assert opened.log.verify_chain() is None
    opened.close()


def test_rows_of_a_book_that_grew_elsewhere_keep_their_refs_apart(
    workspace: Workspace, tmp_path: Path
) -> None:
    """Two files with the same row are two things: each row is known by its own file."""
    for name in ("november.csv", "december.csv"):
        report = take(workspace, csv_file(tmp_path / name, "phenomenon\nUPS 告警\n"))
        assert report.added == {"fix": 1}
    assert count(workspace, "fix") == 2


def test_records_of_a_natural_key_meet_by_it(workspace: Workspace, tmp_path: Path) -> None:
    book = workspace.book
    template = book.add("template", {"name_zh": "日检", "frequency": "daily"})
    book.move(template.id, "publish")
    path = csv_file(tmp_path / "a.csv", "模板,日期,轮次,备注\n日检,2026/11/23,1,一\n")
    assert take(workspace, path, "sheet").added == {"sheet": 1}
    assert take(workspace, path, "sheet").same == {"sheet": 1}
    csv_file(path, "模板,日期,轮次,备注\n日检,2026-11-23,1,二\n日检,2026-11-23,1,二\n")
    report = take(workspace, path, "sheet")
    assert report.refused == 2
    assert "内容不同：备注" in told(report)[0]
    assert one(workspace, "sheet").values()["template"] == template.id


def test_rows_go_to_the_project_they_name(
    workspace: Workspace, project: str, tmp_path: Path
) -> None:
    other = workspace.book.add("project", {"name": "二期", "code": "P2"}).id
    text = "phenomenon,项目\na,二期\nb,P2\nc,\nd,三期\n"
    report = take(workspace, csv_file(tmp_path / "a.csv", text), project=project)
    found = workspace.store.rows("SELECT project FROM fix ORDER BY phenomenon")
    assert [row[0] for row in found] == [other, other, project]
    assert "没有找到名为“三期”的项目" in told(report)[0]


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        ("phenomenon", "a\0b", "不能保存的字符"),
        ("phenomenon", "长" * 90_000, "256 KiB"),
        ("place", "a\nb", "只能写一行"),
        ("place", "长" * 201, "最多 200 个字"),
        ("typical", "maybe", "应为 是/否"),
        ("fixed_at", "never", "应为时间"),
        ("fixed_by", "无此人", "没有找到成员"),
        ("occurred_at", "sometime", "应为时间"),
        ("ref", "x" * 300, "不能用作编号"),
        ("ref", "a\nb", "不能用作编号"),
        ("id", "a\0b", "不能用作编号"),
        ("site", "\ud800", "没有找到"),
        ("project", "\ud800", "没有找到"),
        ("phenomenon", "\ud800", "不能保存的字符"),
        ("ref", "\udfff", "不能用作编号"),
        ("void", "a\0b", "不能保存的字符"),
        ("state", "\ud800", "没有状态"),
    ],
)
def test_a_hostile_cell_costs_its_row_only(
    workspace: Workspace, tmp_path: Path, column: str, value: str, says: str
) -> None:
    items = [{"phenomenon": "好"}, {"phenomenon": "坏", column: value}, {"phenomenon": "也好"}]
    report = take(workspace, jsonl_file(tmp_path / "a.jsonl", items))
    assert (report.added, report.refused) == ({"fix": 2}, 1)
    assert says in told(report)[0]
    assert "\n" not in told(report)[0]


def test_a_constant_that_is_wrong_is_refused_once_before_anything(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = csv_file(tmp_path / "a.csv", "phenomenon\na\nb\n")
    for wrong in ({"found_during": "magic"}, {"site": "无"}, {"project": "无"}, {"state": "x"}):
        with pytest.raises(Refused):
            take(workspace, path, wishes=Wishes(sets=wrong))
    assert count(workspace, "fix") == 0


def test_columns_that_turn_up_late_are_taken_or_listed(
    workspace: Workspace, tmp_path: Path
) -> None:
    items = [{"phenomenon": str(n)} for n in range(300)]
    items += [{"phenomenon": "last", "cause": "x", "weather": "rain"}]
    report = take(workspace, jsonl_file(tmp_path / "a.jsonl", items))
    assert report.left_out == ("weather",)
    assert workspace.store.rows("SELECT phenomenon FROM fix WHERE cause='x'") == [("last",)]


def test_what_our_lists_derive_is_passed_over_and_nothing_else_that_is_nested(
    workspace: Workspace, tmp_path: Path
) -> None:
    derived = {"acknowledged": [{"role": "lead", "person": None, "at": None}]}
    items = [
        {"phenomenon": "好", **derived},
        {"phenomenon": "坏", "cause": {"a": 1}},
        {"phenomenon": "坏", **derived, "weather": [1]},
    ]
    report = take(workspace, jsonl_file(tmp_path / "a.jsonl", items))
    assert (report.added, report.refused, report.left_out) == ({"fix": 1}, 2, ())
    assert "“cause”" in told(report)[0]
    mapped = Wishes(maps={"acknowledged": "cause"})
    report = take(workspace, jsonl_file(tmp_path / "b.jsonl", items[:1]), wishes=mapped)
    assert report.refused == 1 and "“acknowledged”" in told(report)[0]


def test_refusals_of_one_reason_name_all_their_rows(workspace: Workspace, tmp_path: Path) -> None:
    lines = "".join("x,magic\n" if n % 10 else "x,\n" for n in range(2, 42))
    report = take(workspace, csv_file(tmp_path / "a.csv", "phenomenon,found_during\n" + lines))
    assert len(report.refusals) == 1
    assert told(report)[0].startswith("第 2–9, 11–19, 21–29, 31–39, 41 行，“found_during”列：")
    assert report.plain()["refusals"][0]["rows"][:3] == [2, 3, 4]


def test_a_flood_of_reasons_is_bounded_and_counted(workspace: Workspace, tmp_path: Path) -> None:
    lines = "".join(f"x,没有{n}\n" for n in range(1_200))
    report = take(workspace, csv_file(tmp_path / "a.csv", "phenomenon,site\n" + lines))
    assert (report.refused, len(report.refusals), report.unnamed) == (1_200, 1_000, 200)


def test_progress_is_told_and_every_refused_row(workspace: Workspace, tmp_path: Path) -> None:
    shares: list[float] = []
    gone: list[tuple[int, str]] = []
    way = ImportOptions(
        chunk=1,
        progress=lambda report, share: shares.append(share),
        refused=lambda row, column, why: gone.append((row.number, column)),
    )
    take(workspace, faulty(tmp_path), way=way)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert gone == [(3, "发现途径"), (5, "处理时间"), (7, "")]


def test_a_stream_of_rows_needs_no_file(workspace: Workspace, project: str) -> None:
    """A table may come from anywhere; rows are taken one by one, never all at once."""
    alive: list[int] = []

    def rows() -> Any:
        for n in range(2, 5_002):
            alive.append(n)
            yield TableRow(n, {"phenomenon": f"问题 {n}"} if n % 50 else {"found_during": "x"})

    table = SourceTable("stream", ("phenomenon", "found_during"), rows(), lambda: 0.5, lambda: None)
    recipe = parse(
        {"type": "fix", "fields": {"phenomenon": "phenomenon", "found_during": "found_during"}}, ""
    )
    seen: list[tuple[int, int]] = []

    def progress(report: ImportReport, _share: float) -> None:
        seen.append((len(alive), report.added["fix"]))

    place = CellPlace(workspace.book, workspace.settings.zone, project)
    report = load(table, recipe, place, ImportOptions(chunk=100, progress=progress))
    assert (report.added["fix"], report.refused) == (4_900, 100)
    assert all(read - added <= 400 for read, added in seen)


def test_a_recipe_that_needs_absent_columns_is_refused(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = csv_file(tmp_path / "a.csv", "a,b\n1,2\n")
    with pytest.raises(Refused, match="没有配方要用的列：c"):
        cook(workspace, path, {"type": "fix", "fields": {"cause": "c"}})


def test_people_who_joined_meanwhile_are_found(workspace: Workspace, tmp_path: Path) -> None:
    person = admit(workspace, "段工", ["engineer"])
    assert isinstance(workspace.people, People)
    take(workspace, csv_file(tmp_path / "a.csv", "phenomenon,处理人\nx,段工\ny,dg\n"))
    found = workspace.store.rows("SELECT fixed_by FROM fix")
    assert found == [(person,), (person,)]


def listed_items(workspace: Workspace, folder: Path) -> list[str]:
    """The texts of a template's items as a list of them goes out."""
    out = folder / "out.csv"
    exporter.write(workspace.book, "UTC", kinds["template_item"], out, ExportRequest())
    return [cells["text_zh"] for cells in cells_of(out)]


def test_the_order_of_the_file_is_kept(workspace: Workspace, tmp_path: Path) -> None:
    """Of items without a number and of faults of one day alike; a second list comes after."""
    texts = [f"第{n:02d}项" for n in range(1, 31)]
    wishes = Wishes(sets={"template": "机房日检"}, makes=("template",))
    for name, some in (("a", texts[:20]), ("b", texts[20:])):
        path = csv_file(tmp_path / f"{name}.csv", "检查内容（中文）\n" + "\n".join(some))
        assert take(workspace, path, "template_item", wishes=wishes).added["template_item"]
    (template,) = workspace.store.rows("SELECT id FROM template")
    assert [item.text() for item in items_of(workspace.store, template[0])] == texts
    held = workspace.store.rows("SELECT position FROM template_item ORDER BY n")
    assert [position for (position,) in held] == [*range(1, 31)]
    assert listed_items(workspace, tmp_path) == texts
    faults = "\n".join(f"{text},2026/3/5" for text in texts)
    path = csv_file(tmp_path / "f.csv", f"问题现象,发生时间\n{faults}")
    assert take(workspace, path).added == {"fix": 30}
    assert take(workspace, path).same == {"fix": 30}
    held = workspace.store.rows("SELECT phenomenon FROM fix ORDER BY n")
    assert [phenomenon for (phenomenon,) in held] == texts
