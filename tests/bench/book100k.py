"""A book of 100,000 fixes, built once and kept: the ground that other measurements stand on.

`python -m tests.bench.book100k FOLDER [COUNT]`. Times, places, states and how often a case was
handed on are those of a real incident log where it lies beside the project, else invented with
the same spread; the words are invented. Everything goes through the book's one door, in chunked
transactions, so log, chain, numbers, search and checksums are those of real work.
"""

from __future__ import annotations

import csv
import os
import random
import shutil
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from models.book.book import Book
from models.book.projects import all_projects
from models.book.writing.batch import batch
from sync.workspace.setup import begin
from sync.workspace.workspace import Workspace, open_book

COUNT = 100_000
CHUNK = 1_000
YEARS = 5
OPEN = 12
"""The newest ones are still open."""
DATA = Path(__file__).parents[3] / "shared" / "data" / "uci498_incident_events.csv"
DAY = 86_400_000

PARTS = "精密空调 UPS主机 蓄电池组 核心交换机 接入交换机 防火墙 存储阵列 机架服务器 传输设备 配电柜"
SIGNS = "回风温度偏高 输出电压波动 端口频繁闪断 风扇异响 指示灯告警 链路丢包 内存占用过高 漏水告警"
CAUSES = "过滤网积尘 电容老化 光模块衰减 固件缺陷 接头松动 散热不良 上级电源切换 配置被误改"
DEEDS = "清洗并复测 更换备件 重新压接 升级固件 恢复配置 加装挡板 调整负载 联系厂家远程处理"


class Case(NamedTuple):
    """What one incident of the log gives: its spread, not its words."""

    opened: int
    """Milliseconds into its day."""
    lasted: int
    place: int
    part: int
    sign: int
    cause: int
    handed: int


@dataclass(frozen=True, slots=True)
class Built:
    """What building took."""

    home: Path
    seconds: float
    indexing: float
    size: int


def build(folder: Path, count: int = COUNT) -> Path:
    """The home of a book with so many fixes; built in `folder` unless it is there already."""
    home = folder / f"book-{count}"
    if not (home / "built").exists():
        make(folder, count)
    return home


def copy(folder: Path, to: Path, count: int = COUNT) -> Path:
    """A copy of that book which a measurement may write to."""
    shutil.copytree(build(folder, count), to)
    return to


def make(folder: Path, count: int = COUNT) -> Built:
    """Build it anew; half a book never stays under its name."""
    home, fresh = folder / f"book-{count}", folder / f"book-{count}.{os.getpid()}"
    shutil.rmtree(home, ignore_errors=True)
    begun = time.perf_counter()
    opened = begin(fresh, name="测试员", lang="zh", project="运维服务")
    _fill(opened, count)
    opened.close()
    written = time.perf_counter()
    opened = open_book(fresh)
    while opened.search.index_some(500):
        pass
    opened.close()
    (fresh / "built").touch()
    fresh.replace(home)
    size = (home / "book.sqlite3").stat().st_size
    return Built(home, written - begun, time.perf_counter() - written, size)


def _fill(opened: Workspace, count: int) -> None:
    book, cases = opened.book, list(_cases())
    project = all_projects(opened.store)[0].id
    with batch(book):
        sites = [book.add("site", {"name": f"{n:03d} 号机房"}).id for n in range(100)]
        things = [
            book.add("equipment", {"name": f"{PARTS.split()[n % 10]} {n:03d}", "site": sites[n]}).id
            for n in range(100)
        ]
    now = book.change_log.now()
    chance = random.Random(7)
    for start in range(0, count, CHUNK):
        with batch(book):
            for n in range(start, min(start + CHUNK, count)):
                case = cases[n % len(cases)]
                age = (count - 1 - n) * YEARS * 365 * DAY // count
                when = now - age - (case.opened if age > DAY else 0)
                values = _values(case, n, chance)
                values |= {"site": sites[case.place], "equipment": things[case.place]}
                _save(book, project, values, when, case, age=count - n)


def _save(
    book: Book, project: str, values: dict[str, str], when: int, case: Case, age: int
) -> None:
    made = book.add("fix", values, project=project, occurred=when)
    if age > OPEN:
        state = "closed" if age > 5 * OPEN else ("fixed", "verified")[age % 2]
        book.imported(made.id, state, {"fixed_at": when + case.lasted}, source="book100k")


def _values(case: Case, n: int, chance: random.Random) -> dict[str, str]:
    """Some 400 characters in three texts, and the short fields."""
    part, sign = PARTS.split()[case.part % 10], SIGNS.split()[case.sign % 8]
    cause = CAUSES.split()[case.cause % 8]
    deeds = chance.sample(DEEDS.split(), k=min(1 + case.handed, 8))
    seen = f"{n} 号工单：巡检时发现{part}{sign}，面板读数 {chance.randint(18, 45)}.{n % 10}，"
    seen += f"同一现场近期第 {1 + n % 7} 次出现。现场人员先行观察并记录告警，未影响客户业务。"
    why = f"检查后判断为{cause}。" + "；".join(
        f"{SIGNS.split()[(case.sign + k) % 8]}与{CAUSES.split()[(case.cause + k) % 8]}有关"
        for k in range(4)
    )
    done = "；".join(
        f"第 {k} 步{deed}，观察 {chance.randint(5, 90)} 分钟" for k, deed in enumerate(deeds, 1)
    )
    found = ("checklist", "monitoring", "customer", "work")[case.sign % 4]
    return {
        "phenomenon": seen,
        "cause": f"{why}。已向值班负责人说明，并写入当班记录。",
        "correction": f"{done}。复测读数恢复正常，告警消除，现场已清理。",
        "place": f"{n % 40} 号柜 U{1 + n % 42}",
        "found_during": found,
        "cause_class": ("equipment", "software", "maintenance", "environment")[case.cause % 4],
    }


def _cases() -> Iterator[Case]:
    """One case for each incident of the log, or 900 invented ones."""
    if not DATA.exists():
        chance = random.Random(11)
        for _ in range(900):
            place, part, sign, cause = (chance.randrange(100) for _ in range(4))
            lasted, handed = int(chance.lognormvariate(18.5, 1.2)), int(chance.expovariate(1))
            yield Case(chance.randrange(DAY), lasted, place, part, sign, cause, handed)
        return
    with DATA.open(encoding="utf-8", newline="") as file:
        last = {row["number"]: row for row in csv.DictReader(file)}
    for row in last.values():
        opened = _ms(row["opened_at"])
        lasted = _ms(row["resolved_at"] or row["closed_at"]) - opened
        names = ("location", "category", "u_symptom", "closed_code")
        place, part, sign, cause = (_digits(row[name]) % 100 for name in names)
        handed = int(row["reassignment_count"])
        yield Case(opened % DAY, max(lasted, 0), place, part, sign, cause, handed)


def _ms(text: str) -> int:
    from datetime import UTC, datetime

    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1_000)


def _digits(text: str) -> int:
    return int("".join(char for char in text if char.isdigit()) or 0)


if __name__ == "__main__":
    made = make(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else COUNT)
    print(f"{made.home}: {made.size >> 20} MB, saved in {made.seconds:.1f} s", end="")
    print(f", indexed in {made.indexing:.1f} s")
