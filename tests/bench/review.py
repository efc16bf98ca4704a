"""Review: opening the weekly review and moving in it, 300 people × 52 weeks beside 3 × 4."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from models.book.projects import all_projects
from models.calendar.business_dates import HOUR_MS, business_day, shift_week, week_of
from models.records.weekly.entries import due_at
from models.schema.record import kinds
from models.schema.roles import ENGINEER
from models.storage import rows
from sync.organisation import administration
from sync.trust import device_key
from sync.trust.device_key import DeviceKey
from sync.trust.membership import Membership
from sync.workspace.setup import begin
from sync.workspace.workspace import Workspace
from tests.bench import report
from tests.bench.target import APP, Target
from tests.bench.terminal import Reaction, Size, Terminal

SMALL, LARGE = (3, 4), (300, 52)
"""People and weeks."""
OPEN = "review"
TIMES = {OPEN: 6, "down": 24, "pagedown": 16, "left": 24, "n": 12}
"""How often each is done; 'review' opens the page anew."""
BACK = {"down": "up", "pagedown": "pageup", "left": "right"}
"""A key's way back, pressed every other time: a small grid soon ends."""
ASKED = "2 ×"

Figures = dict[str, tuple[list[float], list[float]]]
"""What is done -> seconds to the paint, processor seconds a time."""


def run(args: argparse.Namespace) -> None:
    """Both books in turns, and the ratios."""
    report.heading("weekly review: 3 × 4 (floor) and 300 × 52")
    homes = {team: args.home.parent / f"team-{team[0]}" for team in (SMALL, LARGE)}
    for team, home in homes.items():
        fill(home, *team)
    for size in args.sizes:
        found: dict[tuple[int, int], Figures] = {team: {} for team in homes}
        for _ in range(max(args.rounds // 2, 1)):
            for team, home in homes.items():
                with running(APP, size, home) as terminal:
                    _work(terminal, found[team])
        for what in TIMES:
            small, large = found[SMALL][what], found[LARGE][what]
            report.line(f"{what}", size, small[0], large[0], "ms", ASKED)
            report.line(f"{what}, processor", size, small[1], large[1], "ms", ASKED)


@contextmanager
def running(target: Target, size: Size, home: Path) -> Iterator[Terminal]:
    """The app over a book that is there already."""
    with target.running(size, home) as terminal:
        yield terminal


def _work(terminal: Terminal, found: Figures) -> None:
    """The first time brings the modules in, and is not counted."""
    _open(terminal)
    for what, times in TIMES.items():
        paints, processor = found.setdefault(what, ([], []))
        before = terminal.cpu()
        if what == OPEN:
            for _ in range(times):
                paints.append(_open(terminal))
        else:
            for at in range(times):
                key = BACK.get(what, what) if at % 2 else what
                paints.append(_key(terminal, key).paint)
        processor.append((terminal.cpu() - before) / times)


def _open(terminal: Terminal) -> float:
    """Open the page from Today."""
    terminal.send("escape")
    terminal.wait(lambda screen: "今日" in screen.text)
    terminal.settle()
    return terminal.press("f4", _shown("周报审阅")).paint


def _key(terminal: Terminal, key: str) -> Reaction:
    return terminal.press(key, lambda screen: len(screen.raw))


def _shown(text: str) -> Callable[[Terminal], bool]:
    return lambda terminal: text in terminal.text


def fill(home: Path, people: int, weeks: int) -> None:
    """A book whose engineers handed in every week; the last one waits to be read.

    The entries go straight into their table, without changes in the log: the page cannot tell.
    """
    workspace = begin(home, name="张工", project="项目")
    ids = _admit(workspace, people)
    project = all_projects(workspace.store)[0].id
    book, cls = workspace.book, kinds["weekly"]
    week = week_of(business_day(book.change_log.now(), book.zone))
    text = "巡检 5 次，处理告警 2 项；更换滤网，复测正常。"
    with workspace.store.write():
        workspace.store.db.execute_sql("UPDATE project SET occurred=occurred-?", (_YEAR,))
        for back in range(1, weeks + 1):
            there = shift_week(week, -back)
            at = due_at(there) - 60 * HOUR_MS
            for number, person in enumerate(ids):
                values = {"week": there, "person": person, "progress": text, "next_week": text}
                state = "submitted" if back == 1 else "accepted"
                id = f"{back:08x}-0000-7000-8000-{number:012x}"
                row = dict.fromkeys(rows.columns(cls)) | values
                row |= {"id": id, "number": f"WK-{there}-{number:04}", "project": project}
                row |= {"occurred": at, "recorded": at, "author": person, "state": state}
                row |= {"device": book.change_log.device, "dots": "1.1"}
                row["n"] = rows.place(workspace.store, cls, id, at)
                rows.insert(workspace.store, cls, row)
                _handed_in(workspace, id, project, person, at)
    workspace.close()


_YEAR = 400 * 24 * HOUR_MS


def _handed_in(workspace: Workspace, id: str, project: str, person: str, at: int) -> None:
    sql = (
        "INSERT INTO transition(record, type, project, move, origin, state, at, author, role,"
        " device, seq, alone) VALUES(?,'weekly',?,'submit','draft','submitted',?,?,'author','',0,0)"
    )
    workspace.store.db.execute_sql(sql, (id, project, at, person))


def _admit(workspace: Workspace, people: int) -> list[str]:
    """So many engineers, each with a device."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    ids = [device_key.new_id() for _ in range(people)]

    def grow(log: Membership, signer: DeviceKey) -> Membership:
        for number, id in enumerate(ids):
            name = f"工程师{number:03}"
            log = log.append("person", {"person": id, "name": name, "title": ""}, signer)
            public = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
            log = log.admit(id, device_key.new_id(), public, name, signer)
            body = {"person": id, "role": ENGINEER, "project": "*", "grant": True}
            log = log.append("role", body, signer)
        return log

    administration.change(workspace, grow)
    return ids
