"""The demonstration's month: whole, legal by the declarations, the same in both languages."""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import models.records  # noqa: F401  (declares every type)
from models.calendar.business_dates import business_day, instant, week_of
from models.calendar.working_calendar import BUNDLED
from models.schema.record import kinds
from models.schema.roles import AUTHOR, OWNER, ROLES
from models.text.lists import list_of, names_of
from models.text.words import Lang
from tui.demo import company, month
from tui.demo.checklist_rounds import rows_of
from tui.demo.checklists import TEMPLATES
from tui.demo.data_files import area_files
from tui.demo.data_files import lines as data_lines
from tui.demo.faults import FAULTS

TODAY = date(2026, 11, 20)
DAYS = [
    "2026-11-20",
    "2026-11-22",
    "2026-11-23",
    "2026-02-24",
    "2026-02-28",
    "2026-01-05",
    "2025-02-05",
    "2026-10-12",
    "2026-10-08",
    "2026-05-06",
    "2024-10-12",
    "2027-03-01",
    "2030-01-01",
]
CJK = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
HEADER = {"type", "ref", "by", "at", "project", "occurred", "move", "comment", "makes", "content"}
HEADER |= {"rows"}
PEOPLE = {person.key: person for person in company.PEOPLE}


@cache
def lines(lang: Lang = "zh", today: date = TODAY, seed: int = 1) -> list[dict[str, Any]]:
    return list(month.month(lang, today, seed))


@cache
def created(lang: Lang = "zh", today: date = TODAY) -> dict[str, dict[str, Any]]:
    return {line["ref"]: line for line in lines(lang, today) if "type" in line}


def of(type: str, today: date = TODAY) -> Iterable[dict[str, Any]]:
    return (line for line in created("zh", today).values() if line["type"] == type)


class Replay:
    """Plays the stream by the declarations alone: types, states, values, authors of records."""

    def __init__(self, found: Iterable[dict[str, Any]]) -> None:
        self.type: dict[str, str] = {}
        self.state: dict[str, str] = {}
        self.values: dict[str, dict[str, Any]] = defaultdict(dict)
        self.author: dict[str, str] = {}
        self.mover: dict[str, str] = {}
        for line in found:
            if "type" in line:
                self.add(line)
            elif "move" in line:
                self.move(line)
            else:
                self.edit(line)
            for ref, (type, _) in line.get("rows", {}).items():
                self.begin(ref, type, line["by"], line.get("project"))

    def add(self, line: dict[str, Any]) -> None:
        ref, kind = line["ref"], kinds[line["type"]].kind
        assert ref not in self.type, ref
        of_one = kind.project != "none" and line["type"] != "note"
        assert ("project" in line) == of_one or kind.project == "optional", line
        held = self.roles(line["by"], line.get("project"))
        assert held & set(kind.writers), line
        self.begin(ref, line["type"], line["by"], line.get("project"))
        specs = kinds[line["type"]].specs()
        self.write(line)
        absent = [n for n, s in specs.items() if s.required and n not in line]
        assert not absent, (ref, absent)
        if line["type"] in ("customer", "site", "equipment") and held & {
            "project_manager",
            "department_manager",
        }:
            self.state[ref] = "confirmed"  # by a rule of the book
        if line["type"] == "experience" and "source" in line:
            self.state[line["source"]] = "published"  # by a rule of the book

    def begin(self, ref: str, type: str, by: str, project: str | None) -> None:
        self.type[ref], self.author[ref], self.mover[ref] = type, by, by
        self.state[ref] = kinds[type].kind.states[0].name
        self.state[ref] = {"sheet": "open", "fix": "open", "escalation": "reported"}.get(
            type, self.state[ref]
        )
        self.values[ref]["project"] = project

    def edit(self, line: dict[str, Any]) -> None:
        kind = kinds[self.type[line["ref"]]].kind
        assert not kind.add_only
        assert not kind.own_only or line["by"] == self.author[line["ref"]]
        self.editable(line["ref"])
        self.write(line)

    def move(self, line: dict[str, Any]) -> None:
        ref, by = line["ref"], line["by"]
        move = kinds[self.type[ref]].kind.by_move[line["move"]]
        assert self.state[ref] in move.from_, line
        held = self.roles(by, self.values[ref].get("project"))
        if by == self.author[ref]:
            held |= {AUTHOR}
        owner = kinds[self.type[ref]].kind.owner
        if owner and self.values[ref].get(owner) == by:
            held |= {OWNER}
        assert held & set(move.who), line
        assert not (move.four_eyes and by == self.mover[ref]), line
        assert not move.hidden
        assert "comment" in line or not move.requires_comment, line
        self.write(line, by_move=True)
        assert all(self.values[ref].get(name) for name in move.needs), line
        self.state[ref], self.mover[ref] = move.to, by
        self.rules(line)

    def rules(self, line: dict[str, Any]) -> None:
        """What the book does by itself with a fix and its escalation."""
        ref, type = line["ref"], self.type[line["ref"]]
        assert ("makes" in line) == ((type, line["move"]) == ("fix", "escalate"))
        if "makes" in line:
            made = line["makes"]
            self.begin(made, "escalation", line["by"], self.values[ref]["project"])
            self.values[made] |= {"phenomenon": self.values[ref]["phenomenon"], "fix": ref}
        fix = self.values[ref].get("fix")
        if type == "escalation" and fix and line["move"] in ("close", "return"):
            self.state[fix] = {"close": "closed", "return": "open"}[line["move"]]

    def write(self, line: dict[str, Any], by_move: bool = False) -> None:
        type = self.type[line["ref"]]
        cls = kinds[type]
        parent = line.get(cls.kind.parent) or self.values[line["ref"]].get(cls.kind.parent)
        if parent and not cls.kind.add_only:
            self.editable(parent)
        specs = cls.specs()
        for name, value in line.items():
            if name not in HEADER or name in specs:
                self.check(line, name, specs[name], value, by_move)
                self.values[line["ref"]][name] = value

    def check(self, line: dict[str, Any], name: str, spec: Any, value: Any, by_move: bool) -> None:
        where = (line["ref"], name, value)
        assert by_move or not spec.by_move, where
        if spec.choices:
            some = names_of(value) if spec.several else [value]
            assert {*some} <= {choice.name for choice in spec.choices}, where
        if spec.several:
            assert value == list_of(value.split(",")) or spec.kind == "persons", where
        if spec.kind == "persons":
            assert {*value.split(",")} <= PEOPLE.keys(), where
        if spec.kind == "link":
            known = value in PEOPLE if spec.target == "person" else value in self.type
            assert known and spec.target in ("", "person", self.type.get(value)), where
        if spec.kind in ("number", "day", "line", "prose", "week", "choice"):
            assert isinstance(value, str) and value and value == value.strip(), where
        if spec.kind in ("count", "moment"):
            assert type(value) is int, where
        if spec.kind == "number":
            assert value == str(Decimal(value)) and value == plain(value), where
        if spec.max:
            assert len(value) <= spec.max, where

    def editable(self, ref: str) -> None:
        state = kinds[self.type[ref]].kind.state(self.state[ref])
        assert not state.frozen and not state.reopen, ref

    @staticmethod
    def roles(person: str, project: str | None) -> set[str]:
        if person == company.FOUNDER:
            return set(ROLES)
        held = PEOPLE[person].roles.items()
        return {role for role, where in held if project is None or project in where}


def plain(text: str) -> str:
    """The canonical form of a decimal."""
    return text.rstrip("0").rstrip(".") if "." in text else text


@cache
def replay(lang: Lang = "zh", today: date = TODAY) -> Replay:
    return Replay(lines(lang, today))


def test_same_day_and_seed_give_the_same_month() -> None:
    again = list(month.month("zh", TODAY, 1))
    assert json.dumps(again) == json.dumps(lines())
    other = list(month.month("zh", TODAY, 2))
    assert [line["ref"] for line in other if line.get("type") == "fix"] == [
        line["ref"] for line in lines() if line.get("type") == "fix"
    ]
    assert json.dumps(other) != json.dumps(lines())


@pytest.mark.parametrize("today", DAYS)
def test_legal_by_the_declarations_with_every_state(today: str) -> None:
    done = replay("zh", date.fromisoformat(today))
    for type in ("sheet", "fix", "escalation", "weekly", "template"):
        states = {done.state[ref] for ref in done.type if done.type[ref] == type}
        known = kinds[type].kind.states
        assert states == {state.name for state in known if not state.derived}, type
    assert set(done.type.values()) == {
        *("customer", "site", "equipment", "project", "template", "template_item", "sheet"),
        *("answer", "fix", "escalation", "group_member", "weekly", "weekly_problem", "note"),
        *("problem_report", "experience", "concession", "milestone", "delivery", "attachment"),
        *added_by_areas(),
    }
    assert "proposed" in {done.state[r] for r in done.type if done.type[r] == "equipment"}


def added_by_areas() -> set[str]:
    """The types of the lines that areas bring along."""
    found = [line for name, folder in area_files() for line in data_lines(name, folder)]
    rows = [row for line in found for row in line.fields.get("rows", {}).values()]
    made = {line.name for line in found if not {"move", "edit"} & line.fields.keys()}
    return made | {type for type, _ in rows}


@given(st.dates(date(2024, 6, 1), date(2031, 1, 1)))
@settings(max_examples=12, deadline=None)
def test_legal_on_any_day(today: date) -> None:
    found = list(month.month("en", today))
    done = Replay(found)
    states = {done.state[ref] for ref in done.type if done.type[ref] == "escalation"}
    assert len(states) == 9
    in_order(found, today)


@pytest.mark.parametrize("today", DAYS)
def test_in_order_and_never_in_the_future(today: str) -> None:
    in_order(lines("zh", date.fromisoformat(today)), date.fromisoformat(today))


def in_order(found: list[dict[str, Any]], today: date) -> None:
    times = [line["at"] for line in found]
    assert times == sorted(times)
    assert times[-1] < instant(today, 9 * 60)
    made = {line["ref"]: line["at"] for line in found if "type" in line}
    assert all(line["at"] >= line.get("occurred", 0) for line in found)
    assert all(line["fixed_at"] <= line["at"] for line in found if "fixed_at" in line)
    assert len(made) > 2000


@pytest.mark.parametrize("today", DAYS)
def test_every_working_day_of_every_project_is_covered(today: str) -> None:
    day = date.fromisoformat(today)
    last = BUNDLED.add_workdays(day + timedelta(days=1), -1)
    expected = BUNDLED.workdays(BUNDLED.add_workdays(last, -21), last)
    assert len(expected) == 22
    done: dict[str, set[str]] = defaultdict(set)
    for sheet in of("sheet", day):
        done[sheet["project"]].add(sheet["day"])
        assert business_day(sheet["at"]).isoformat() == sheet["day"]
    for project in company.PROJECTS:
        assert done[project.ref] >= {one.isoformat() for one in expected[:-1]}
    assert set.union(*done.values()) == {one.isoformat() for one in expected}


def test_answers_are_whole_and_agree_with_the_limits() -> None:
    by_sheet: dict[str, list[dict[str, Any]]] = defaultdict(list)
    done = replay()
    items = {line["ref"]: line for line in of("template_item")}
    for answer in of("answer"):
        by_sheet[answer["sheet"]].append(answer)
        item, now = items[answer["item"]], done.values[answer["ref"]]
        if item["answer_kind"] == "reading" and now["result"] in ("ok", "not_ok"):
            value = Decimal(now["reading"])
            low, high = item.get("low"), item.get("high")
            inside = (low is None or value >= Decimal(low)) and (
                high is None or value <= Decimal(high)
            )
            assert inside == (now["result"] == "ok"), answer
        else:
            assert "reading" not in now
        assert ("reason" in now) == (now["result"] in ("na", "unchecked"))
    for sheet in of("sheet"):
        rows = next(rows_of(t) for t in TEMPLATES if t.ref == sheet["template"])
        if done.state[sheet["ref"]] != "open":
            assert len(by_sheet[sheet["ref"]]) == len(rows)
    results = {done.values[a["ref"]]["result"] for a in of("answer")}
    assert results == {"ok", "not_ok", "na", "unchecked"}


def test_every_item_not_ok_has_a_problem_that_says_so() -> None:
    bad = [a for a in of("answer") if a["result"] == "not_ok"]
    assert all(a.get("remark") for a in bad)
    linked = {line["answer"] for line in created().values() if "answer" in line}
    first = [a["ref"] for a in bad if a["ref"] in linked]
    assert len(first) == sum(bool(fault.template) for fault in FAULTS)
    for fault in FAULTS:
        if fault.values and fault.values[0]:
            shown = fault.values[0]
            assert all(re.search(rf"{re.escape(shown)}\b", half) for half in fault.phenomenon)


def test_faults_come_back_on_the_same_equipment() -> None:
    seen = [line["equipment"] for line in created().values() if "equipment" in line]
    assert {e for e in seen if seen.count(e) > 1} >= {"hosp-crac1", "tram-otn2", "hosp-db1"}


@pytest.mark.parametrize("today", DAYS)
def test_an_escalation_is_overdue(today: str) -> None:
    day = date.fromisoformat(today)
    done = replay("zh", day)
    late = [
        ref
        for ref, type in done.type.items()
        if type == "escalation"
        and done.state[ref] not in ("closed", "verified", "returned")
        and done.values[ref]["due"] < day.isoformat()
    ]
    assert "escalation-x4-fibre" in late


@pytest.mark.parametrize("today", DAYS)
def test_weeks_have_their_entries_and_problems(today: str) -> None:
    day = date.fromisoformat(today)
    entries = {(w["person"], w["week"]) for w in of("weekly", day)}
    weeks = sorted({week_of(date.fromisoformat(s["day"])) for s in of("sheet", day)})
    assert {week for _, week in entries} == set(weeks)
    assert ("qi", weeks[-2]) not in entries and ("zhuo", weeks[-2]) in entries  # one is missing
    rows = list(of("weekly_problem", day))
    assert {row["outcome"] for row in rows} == {"solved", "open"}
    solved = [row["source"] for row in rows if row["outcome"] == "solved"]
    assert len(solved) == len(set(solved))  # taken in once
    for row in rows:
        if row["outcome"] == "solved":
            assert row["cause"] and row["weekly"].endswith(row["solved_week"])


def test_both_languages_tell_the_same() -> None:
    shape = [{k: v for k, v in line.items() if not isinstance(v, str)} for line in lines("zh")]
    assert shape == [
        {k: v for k, v in line.items() if not isinstance(v, str)} for line in lines("en")
    ]
    for zh, en in zip(lines("zh"), lines("en"), strict=True):
        assert (zh["ref"], zh.keys()) == (en["ref"], en.keys())


def test_english_is_english() -> None:
    for line in lines("en"):
        for name, value in line.items():
            if isinstance(value, str) and not name.endswith("_zh"):
                assert not CJK.search(value), (line["ref"], name, value)
    assert not any(CJK.search(p.name.en + p.title.en) for p in company.PEOPLE)


def test_chinese_is_chinese() -> None:
    prose = {"phenomenon", "correction", "cause", "measure", "solution", "advice", "comment"}
    prose |= {"progress", "next_week", "risks", "help_needed", "text", "remark", "reason"}
    prose |= {"verify_method", "duty", "access", "sla", "department", "method_zh", "text_zh"}
    found = set()
    for line in lines("zh"):
        specs = kinds[line["type"]].specs() if "type" in line else {}
        for name in prose & line.keys():
            if name in specs and specs[name].choices:
                continue
            found.add(name)
            assert CJK.search(line[name]), (line["ref"], name, line[name])
            assert not re.search(r"[\u4e00-\u9fff][,;:?!]|[,;?!][\u4e00-\u9fff]", line[name]), line
    assert found == prose


def test_every_item_has_both_halves() -> None:
    for item in of("template_item"):
        for stem in ("section", "text", "method"):
            assert item[f"{stem}_zh"] and not CJK.search(item[f"{stem}_en"])
    kinds_used = {item["answer_kind"] for item in of("template_item")}
    assert kinds_used == {"ok", "reading", "text"}


# SHA-256 of names that must appear nowhere (the firm's, its code, persons), by their length.
BANNED = {
    2: {"5878cc0864090b4c", "8a4c06985aadc2fd", "bc037c24fa1bb72c"},
    3: {"982c24a00ea1871b"},
    4: {"410aece427dccb95", "aa7695643d57bde7", "b77707462c73deef"},
}


def test_no_real_name_appears() -> None:
    text = json.dumps([lines("zh"), lines("en")], ensure_ascii=False)
    root = Path(month.__file__).parent
    for suffix in ("py", "jsonl"):
        text += "".join(path.read_text(encoding="utf-8") for path in root.rglob(f"*.{suffix}"))
    for length, banned in BANNED.items():
        seen = {text[n : n + length].upper() for n in range(len(text) - length + 1)}
        digests = {hashlib.sha256(part.encode()).hexdigest()[:16] for part in seen}
        assert not digests & banned
        sample = "北渚医院"[:length]  # the scan does see what is there
        assert hashlib.sha256(sample.encode()).hexdigest()[:16] in digests
