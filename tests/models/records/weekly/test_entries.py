"""The weekly entry: what it takes in, once; what it says beforehand; when it is late."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
import time_machine

from models.book.book import Book
from models.calendar.business_dates import instant, shift_week
from models.queries import links
from models.records.checks import answering, due_rounds, questions
from models.records.registers.project import Project
from models.records.weekly import entries, prefill, problem_intake, week_problems
from models.records.weekly.weekly_entry import Weekly
from models.schema.record import Record
from models.text.words import Refused, language
from sync.workspace.workspace import Workspace
from tests.support.checks import template
from tests.support.team import acting, admit

MONDAY = date(2026, 11, 16)
W46, W47, W48 = "2026-W46", "2026-W47", "2026-W48"


@pytest.fixture(autouse=True)
def clock() -> Any:
    """Monday morning of week 47, moved on by `go`."""
    with time_machine.travel(instant(MONDAY, 9 * 60) / 1000, tick=False) as moved:
        yield moved


def go(clock: Any, text: str) -> None:
    """Let it be '11-20 15:30' of that year in Shanghai."""
    clock.move_to(instant(date.fromisoformat(f"2026-{text[:5]}"), minute(text[6:])) / 1000)


def minute(text: str) -> int:
    """The minute of the day."""
    hours, _, minutes = (text or "09:00").partition(":")
    return int(hours) * 60 + int(minutes)


def the(book: Book) -> Project:
    """The first project."""
    return links.projects(book.store)[0]


def fix(book: Book, project: str, text: str = "UPS 告警", *, fixed: bool = True) -> Record:
    """A fix, put right at once unless told not."""
    made = book.add("fix", {"phenomenon": text}, project=project)
    if fixed:
        made = book.move(made.id, "fix", {"cause": "电池老化", "correction": "更换电池"})
    return made


def entry(book: Book, week: str = W47) -> entries.WeeklyEntryDue:
    """The entry of a week."""
    return entries.entry(book, the(book), week)


def taken(book: Book, project: str, week: str = W47) -> list[tuple[str, str, bool]]:
    """What would be taken in now: (source's text, outcome, supplement)."""
    return [
        (one.problem.source.title(), one.values["outcome"], bool(one.values["supplement"]))
        for one in week_problems.gather(book, project, week, book.me)
    ]


def rows(book: Book, weekly: Record) -> list[tuple[str | None, ...]]:
    """The rows of an entry: phenomenon, outcome, cause, measure."""
    found = problem_intake.problems_of(book.store, weekly.id)
    return [(row.phenomenon, row.outcome, row.cause, row.measure) for row in found]


def submitted(book: Book, week: str = W47) -> Weekly:
    """The entry of a week, handed in with what is filled in beforehand."""
    texts = prefill.prefill(book, the(book), week)
    return entries.submit(book, entry(book, week), texts)


# -- problems --------------------------------------------------------------------------------


def test_handing_in_takes_the_weeks_problems_in(book: Book, project: str) -> None:
    solved, open_ = fix(book, project), fix(book, project, "门禁失灵", fixed=False)
    weekly = book.add("weekly", {"week": W47, "person": book.me, "progress": "x"}, project=project)
    book.move(weekly.id, "submit")
    assert rows(book, weekly) == [
        ("UPS 告警", "solved", "电池老化", "更换电池"),
        ("门禁失灵", "open", None, None),
    ]
    row = problem_intake.problems_of(book.store, weekly.id)[0]
    assert (row.source, row.solved_week, row.verified) == (solved.id, W47, False)
    assert {r.source for r in problem_intake.problems_of(book.store, weekly.id)} == {
        solved.id,
        open_.id,
    }


def test_once_however_often_the_entry_is_saved(book: Book, project: str) -> None:
    made = fix(book, project)
    weekly = entries.keep(book, entry(book), {"progress": "一"})
    entries.keep(book, entry(book), {"progress": "二"})
    book.move(made.id, "verify")
    book.move(weekly.id, "submit")
    assert len(problem_intake.problems_of(book.store, weekly.id, gone=True)) == 1
    assert problem_intake.problems_of(book.store, weekly.id)[0].verified is True
    assert taken(book, project, W48) == []


def test_the_week_is_that_of_the_solution(book: Book, project: str, clock: Any) -> None:
    """Found in week 47 and solved in week 48; Sunday still belongs to its week."""
    made = fix(book, project, fixed=False)
    go(clock, "11-22 23:59")
    assert taken(book, project, W47) == [("UPS 告警", "open", False)]
    go(clock, "11-23 00:00")
    book.move(made.id, "fix", {"correction": "复位"})
    assert taken(book, project, W48) == [("UPS 告警", "solved", False)]
    assert taken(book, project, W47) == [("UPS 告警", "open", False)]  # so it stood then


def test_a_time_given_for_the_solution_counts(book: Book, project: str, clock: Any) -> None:
    made = fix(book, project, fixed=False)
    go(clock, "11-23 10:00")
    sunday = instant(date(2026, 11, 22), minute("22:00"))
    book.move(made.id, "fix", {"correction": "复位", "fixed_at": sunday})
    assert taken(book, project, W47) == [("UPS 告警", "solved", False)]
    assert taken(book, project, W48) == []


def test_what_the_closed_entry_missed_is_a_supplement(book: Book, project: str, clock: Any) -> None:
    """Never silently in an entry that was handed in."""
    go(clock, "11-20 16:00")
    before = submitted(book)
    go(clock, "11-21 10:00")
    late = fix(book, project, "周六的故障")
    assert taken(book, project, W47) == [("周六的故障", "solved", False)]
    go(clock, "11-24 09:00")
    weekly = submitted(book, W48)
    assert rows(book, before) == []
    (row,) = problem_intake.problems_of(book.store, weekly.id)
    assert (row.source, row.supplement, row.solved_week) == (late.id, True, W47)
    book.move(before.id, "reopen")
    book.move(before.id, "submit")
    assert rows(book, before) == []  # told once already


def test_an_entry_that_can_still_be_written_keeps_its_problems(
    book: Book, project: str, clock: Any
) -> None:
    fix(book, project)
    go(clock, "11-24 09:00")
    assert taken(book, project, W48) == []  # last week's entry is not written yet
    go(clock, "12-01 09:00")
    assert taken(book, project, "2026-W49") == [("UPS 告警", "solved", True)]


def test_reopened_and_solved_again_it_is_told_again(book: Book, project: str, clock: Any) -> None:
    made = fix(book, project)
    first = submitted(book)
    go(clock, "11-24 09:00")
    book.move(made.id, "fail", comment="又报警")
    assert taken(book, project, W48) == [("UPS 告警", "open", False)]
    book.move(made.id, "fix", {"correction": "更换风扇"})
    assert taken(book, project, W48) == [("UPS 告警", "solved", False)]
    weekly = submitted(book, W48)
    assert rows(book, first) == [("UPS 告警", "solved", "电池老化", "更换电池")]
    assert rows(book, weekly) == [("UPS 告警", "solved", "电池老化", "更换风扇")]


def test_an_open_problem_is_refreshed_while_the_entry_is_a_draft(book: Book, project: str) -> None:
    made = fix(book, project, fixed=False)
    weekly = entries.keep(book, entry(book), {"progress": "一"})
    book.edit(made.id, {"phenomenon": "UPS 旁路告警"})
    entries.keep(book, entry(book), {})
    assert rows(book, weekly) == [("UPS 旁路告警", "open", None, None)]
    book.move(made.id, "fix", {"cause": "电容", "correction": "更换"})
    entries.keep(book, entry(book), {})
    assert rows(book, weekly) == [("UPS 旁路告警", "solved", "电容", "更换")]
    book.void(made.id, "误报")
    entries.keep(book, entry(book), {})
    assert rows(book, weekly)[0][1] == "solved"  # what was told as solved is not withdrawn


def test_an_open_problem_that_was_void_goes(book: Book, project: str) -> None:
    made = fix(book, project, fixed=False)
    weekly = entries.keep(book, entry(book), {"progress": "一"})
    book.void(made.id, "误报")
    entries.keep(book, entry(book), {})
    assert rows(book, weekly) == []
    book.restore(made.id)
    entries.keep(book, entry(book), {})
    assert rows(book, weekly) == [("UPS 告警", "open", None, None)]


def test_the_authors_words_stay(book: Book, project: str) -> None:
    made = fix(book, project)
    weekly = entries.keep(book, entry(book), {"progress": "一"})
    (row,) = problem_intake.problems_of(book.store, weekly.id)
    book.edit(row.id, {"cause": "电池老化，采购批次问题"})
    book.edit(made.id, {"cause": "电池到寿", "correction": "整组更换"})
    entries.keep(book, entry(book), {})
    assert rows(book, weekly) == [("UPS 告警", "solved", "电池老化，采购批次问题", "整组更换")]
    book.void(row.id, "不需要写")
    entries.keep(book, entry(book), {})
    assert rows(book, weekly) == []  # what the author took out stays out


def test_an_escalated_problem_is_one_problem(book: Book, project: str) -> None:
    made = fix(book, project, fixed=False)
    book.move(made.id, "escalate")
    (raised,) = book.store.rows("SELECT id FROM escalation")
    weekly = entries.keep(book, entry(book), {"progress": "一"})
    assert rows(book, weekly) == [("UPS 告警", "open", None, None)]
    for move, values in (
        ("accept", {}),
        ("draft", {"solution": "整组更换"}),
        ("approve", {}),
        ("fix", {"cause": "批次缺陷", "measure": "整组更换"}),
    ):
        book.move(raised[0], move, values)
    entries.keep(book, entry(book), {})
    assert rows(book, weekly) == [("UPS 告警", "solved", "批次缺陷", "整组更换")]
    assert problem_intake.problems_of(book.store, weekly.id)[0].source == made.id


def test_an_escalation_returned_to_the_site_leaves_the_word_to_its_fix(
    book: Book, project: str
) -> None:
    made = fix(book, project, fixed=False)
    book.move(made.id, "escalate")
    (raised,) = book.store.rows("SELECT id FROM escalation")
    book.move(raised[0], "return", {"advice": "先复位"})
    book.move(made.id, "fix", {"correction": "复位"})
    assert taken(book, project) == [("UPS 告警", "solved", False)]


def test_each_tells_what_they_solved_themselves(workspace: Workspace, project: str) -> None:
    mine = workspace.book
    other = acting(workspace, admit(workspace, "工程师乙", ["engineer"]))
    found = fix(mine, project, "我发现他解决", fixed=False)
    other.move(found.id, "fix", {"correction": "复位"})
    assert taken(mine, project) == []
    assert taken(other, project) == [("我发现他解决", "solved", False)]
    submitted(mine)
    submitted(other)
    sql = "SELECT count(*) FROM weekly_problem WHERE source=? AND outcome='solved'"
    assert mine.store.rows(sql, (found.id,)) == [(1,)]


# -- the texts ---------------------------------------------------------------------------------


def test_the_week_is_counted(book: Book, project: str, clock: Any) -> None:
    of = template(book, on_days=None)
    for number in (16, 17):
        go(clock, f"11-{number} 09:00")
        today = date(2026, 11, number)
        round = next(r for r in due_rounds.rounds(book, today) if r.first == today)
        sheet = due_rounds.begin(book, round)
        for question in questions.questions(book.store, of, project, sheet):
            if question.measured:
                answering.measure(book, sheet.id, question, "29")
            else:
                answering.mark(book, sheet.id, question, "ok")
        book.move(sheet.id, "submit")
    made = fix(book, project)
    book.move(made.id, "verify")
    book.move(made.id, "close")
    go(clock, "11-18 09:00")
    found = prefill.figures(book, the(book), W47)
    assert found == prefill.PrefillFigures(due=3, done=2, mine=2, items=6, bad=2, fixed=1, closed=1)
    text = prefill.prefill(book, the(book), W47)["progress"]
    assert text.split("\n") == [
        "日常检查：应检 3 份，提交 2 份（本人 2 份，6 项，异常 2 项）。",
        "现场处置：处理 1 项，关闭 1 项。",
    ]
    language.now = "en"
    assert "Checklists: 3 due, 2 handed in" in prefill.prefill(book, the(book), W47)["progress"]


def test_more_handed_in_than_due_is_explained(book: Book, project: str, clock: Any) -> None:
    template(book, None, (), name_zh="周查", frequency="weekly", on_days=None)
    go(clock, "11-16 09:00")  # on Monday, due on Friday
    (round,) = due_rounds.rounds(book, date(2026, 11, 16))
    book.move(due_rounds.begin(book, round).id, "submit")
    text = prefill.prefill(book, the(book), W47)["progress"]
    assert "应检 0 份，提交 1 份，含提前或补交 1 份（本人 1 份" in text
    go(clock, "11-20 09:00")
    assert "应检 1 份，提交 1 份（本人 1 份" in prefill.prefill(book, the(book), W47)["progress"]


def test_next_week_comes_from_what_is_due(book: Book, project: str) -> None:
    template(book, on_days=None)
    waits = fix(book, project, "待验证的\n第二行")
    raised = book.add("escalation", {"phenomenon": "光缆", "due": "2026-11-27"}, project=project)
    open_ = fix(book, project, "没好", fixed=False)
    lines = prefill.prefill(book, the(book), W47)["next_week"].split("\n")
    assert lines[0] == "日常检查：机房日检 5 份。"
    assert f"再次验证 {waits.number}（待验证的）。" in lines
    assert f"继续处理 {open_.number}（没好）。" in lines
    assert f"{raised.number}（光缆）：要求 2026-11-27 前完成。" in lines
    book.edit(raised.id, {"due": "2026-12-07"})
    lines = prefill.prefill(book, the(book), W47)["next_week"].split("\n")
    assert not any(raised.number in line for line in lines)  # it waits for the manager
    book.move(raised.id, "accept")
    for move, values in (("draft", {"solution": "熔接"}), ("approve", {})):
        book.move(raised.id, move, values)
    text = prefill.prefill(book, the(book), W47)
    assert f"继续处理 {raised.number}（光缆）。" in text["next_week"].split("\n")
    assert f"问题升级 {raised.number}（光缆）：方案已批。" in text["progress"].split("\n")


def test_an_empty_week_says_so_and_can_be_handed_in(book: Book, project: str) -> None:
    weekly = submitted(book)
    assert (weekly.state, weekly.progress) == ("submitted", "本周没有检查、处置或升级。")
    with pytest.raises(Refused, match="还需要填写：本周进展"):
        made = book.add("weekly", {"week": W48, "person": book.me}, project=project)
        book.move(made.id, "submit")


# -- when --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("week", "due"),
    [
        ("2026-W47", (date(2026, 11, 23), 720)),
        ("2026-W40", (date(2026, 10, 8), 720)),  # the National Day holiday
        ("2026-W06", (date(2026, 2, 9), 720)),
        ("2026-W07", (date(2026, 2, 24), 720)),  # the Spring Festival
    ],
)
def test_due_at_noon_of_the_next_working_day(week: str, due: tuple[date, int]) -> None:
    assert entries.due_at(week) == instant(*due)
    assert entries.due_at(week, clock="09:30") == instant(due[0], 570)


def test_late_is_what_came_after_its_time_the_first_time(
    book: Book, project: str, clock: Any
) -> None:
    due = entries.due_at(W47)
    go(clock, "11-23 11:59")
    weekly = submitted(book)
    go(clock, "11-25 09:00")
    assert not entries.late(book, weekly, due)
    book.move(weekly.id, "return", comment="补充")
    book.move(weekly.id, "submit")
    assert not entries.late(book, weekly, due)
    go(clock, "11-30 12:01")
    assert entries.late(book, submitted(book, W48), entries.due_at(W48))


def test_this_weeks_entry_is_owed_and_last_weeks_until_it_is_in(
    book: Book, project: str, clock: Any
) -> None:
    assert [one.week for one in entries.entries(book)] == [W47]  # the project is new
    go(clock, "11-24 09:00")
    assert [(e.week, e.handed_in) for e in entries.entries(book)] == [(W47, False), (W48, False)]
    submitted(book)
    assert [(e.week, e.handed_in) for e in entries.entries(book)] == [(W48, False)]
    submitted(book, W48)
    assert [(e.week, e.handed_in) for e in entries.entries(book)] == [(W48, True)]


def test_an_entry_is_begun_by_its_first_save(book: Book, project: str) -> None:
    assert entry(book).weekly is None
    made = entries.keep(book, entry(book), {"risks": "雨季"})
    assert (made.week, made.person, made.risks) == (W47, book.me, "雨季")
    book.void(made.id, "误建")
    assert entry(book).weekly is None
    assert entries.keep(book, entry(book), {"risks": "汛期"}).id == made.id


def test_a_preview_is_what_will_be_written(book: Book, project: str) -> None:
    made, open_ = fix(book, project), fix(book, project, "门禁失灵", fixed=False)

    def preview() -> list[tuple[str, str | None]]:
        found = problem_intake.preview(book, project, W47, book.me, entry(book).weekly)
        return [(source, values["cause"]) for source, values in found]

    assert preview() == [(made.id, "电池老化"), (open_.id, None)]
    assert book.store.rows("SELECT count(*) FROM weekly_problem") == [(0,)]
    entries.keep(book, entry(book), {"progress": "一"})
    weekly = entry(book).weekly
    assert weekly is not None
    row = problem_intake.problems_of(book.store, weekly.id)[0]
    book.edit(row.id, {"cause": "批次问题"})
    book.edit(open_.id, {"cause": "读头脏"})
    assert preview() == [(made.id, "批次问题"), (open_.id, "读头脏")]
    entries.keep(book, entry(book), {})
    rows_ = problem_intake.problems_of(book.store, row.weekly or "")
    assert [(r.source, r.cause) for r in rows_] == preview()
    submitted(book)
    book.edit(made.id, {"cause": "后来改的"})
    assert preview() == [(made.id, "批次问题"), (open_.id, "读头脏")]


def test_what_changed_after_a_first_handing_in_is_told(book: Book, project: str) -> None:
    weekly = submitted(book)
    assert entries.changed_since(book, weekly) is None
    book.move(weekly.id, "return", comment="写具体些")
    book.edit(weekly.id, {"progress": "更换电池 4 节", "risks": "雨季"})
    weekly = entries.submit(book, entry(book), {})
    assert entries.changed_since(book, weekly) == ["progress", "risks"]


@pytest.mark.parametrize("seed", range(12))
def test_in_any_history_every_solution_is_told_exactly_once(
    book: Book, project: str, clock: Any, seed: int
) -> None:
    """Weeks of random work; entries handed in, some late, some reopened and handed in again."""

    rng, now = Random(seed), instant(MONDAY, minute("09:00"))
    moves = {"fix": {"cause": "因", "correction": "措施"}, "fail": {}, "reopen": {}, "verify": {}}
    escalated = {
        "accept": {},
        "draft": {"solution": "案"},
        "approve": {},
        "fix": {"cause": "深因", "measure": "大修"},
        "return": {"advice": "再试"},
        "reopen": {},
        "verify": {},
    }

    def step(type: str, values: dict[str, Any]) -> None:
        """A random move of a random record, if it can be made."""
        found = book.store.rows(f"SELECT id FROM {type} WHERE state<>'closed'")
        if found:
            move = rng.choice(list(values))
            try:
                book.move(rng.choice(found)[0], move, values[move], comment="说明")
            except Refused:
                return

    handed: set[str] = set()
    for day_ in range(26):
        week = str(week_problems._week(book, now))
        for _ in range(rng.randrange(4)):
            now += rng.randrange(60_000, 3_600_000)
            clock.move_to(now / 1000)
            act = rng.random()
            if act < 0.3:
                fix(book, project, fixed=rng.random() < 0.5)
            elif act < 0.7:
                step("fix", moves)
            elif act < 0.8:
                step("fix", {"escalate": {}})
            else:
                step("escalation", escalated)
        before = shift_week(week, -rng.randrange(2))
        if rng.random() < 0.3 and before not in handed:
            submitted(book, before)
            handed.add(before)
        elif handed and rng.random() < 0.2:
            (id,) = rng.choice(book.store.rows("SELECT id FROM weekly"))
            if book.get(id).state == "submitted":
                book.move(id, "reopen")
            if rng.random() < 0.8:
                book.move(id, "submit")
        now = instant(MONDAY + timedelta(days=day_ + 1), minute("09:00"))
    for extra in range(4):  # then everything left open is handed in, week after week
        clock.move_to(instant(MONDAY + timedelta(days=28 + 7 * extra), minute("17:00")) / 1000)
        last = str(week_problems._week(book, book.journal.now()))
        for (id,) in book.store.rows("SELECT id FROM weekly WHERE state='draft'"):
            book.move(id, "submit")
        submitted(book, last)
    told = "SELECT source, solved_week FROM weekly_problem WHERE outcome='solved' AND void IS NULL"
    rows_ = book.store.rows(told)
    assert len(rows_) == len(set(rows_))
    for type in ("fix", "escalation"):
        for (id,) in book.store.rows(f"SELECT id FROM {type}"):
            problem = week_problems.problem_of(book.store, book.get(id))
            if problem.solved is not None:
                week = str(week_problems._week(book, problem.solved))
                assert rows_.count((problem.source.id, week)) == 1, (problem.source.number, week)
