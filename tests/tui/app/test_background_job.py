"""Background jobs: one thread each, its own connection, its result or the reason why not."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest

from models.text.words import Refused, W
from sync.workspace.workspace import Workspace
from tui.app.background_job import BackgroundJob

WHAT = W("同步", "Sync")
WHY = W("不行", "no")


def job(asked: bool = True) -> BackgroundJob:
    """A job that did not begin yet."""
    return BackgroundJob(WHAT, "peer", asked)


async def test_it_works_in_a_thread_and_gives_its_result(workspace: Workspace) -> None:
    threads: list[threading.Thread] = []

    def work(given: Workspace, _tell: Any, _stop: Any) -> int:
        threads.append(threading.current_thread())
        return int(given.store.rows("SELECT count(*) FROM project")[0][0])

    one = job()
    assert await one.start(workspace, work, None) == 1
    assert threads == [one.thread] and threads[0] is not threading.current_thread()
    assert threads[0].daemon  # the end of the app does not wait for it


async def test_a_refusal_is_its_result(workspace: Workspace) -> None:
    def work(*_given: Any) -> None:
        raise Refused(WHY)

    result = await job().start(workspace, work, None)
    assert isinstance(result, Refused) and str(result) == "不行"


async def test_a_fault_becomes_a_refusal_and_a_report_without_content(
    workspace: Workspace,
) -> None:
    def work(*_given: Any) -> None:
        raise ZeroDivisionError("张三的电话")

    result = await job().start(workspace, work, None)
    assert isinstance(result, Refused) and "同步出错" in str(result)
    (report,) = workspace.home.rglob("crash-*.txt")
    said = report.read_text(encoding="utf-8")
    assert "ZeroDivisionError" in said and "张三" not in said


async def test_it_begins_once_the_earlier_one_has_ended(workspace: Workspace) -> None:
    order: list[str] = []
    free = threading.Event()

    def first(_workspace: Any, _tell: Any, stop: Any) -> None:
        free.wait(10)
        order.append(f"first, stopped {stop()}")

    one, two = job(asked=False), job()
    earlier = one.start(workspace, first, None)
    later = two.start(workspace, lambda *_: order.append("second"), one)
    one.stopped = True
    free.set()
    await asyncio.gather(earlier, later)
    assert order == ["first, stopped True", "second"]


@pytest.mark.parametrize(
    ("told", "share", "percent"), [(0.255, 0.255, 25), (-1, 0, 0), (7.5, 1, 100), (1, 1, 100)]
)
def test_progress_is_between_nothing_and_all(told: float, share: float, percent: int) -> None:
    one = job()
    one.tell(told)
    assert (one.share, one.percent) == (share, percent)


async def test_progress_is_told_from_the_thread(workspace: Workspace) -> None:
    one = job()

    def work(_workspace: Any, tell: Any, _stop: Any) -> None:
        tell(0.5)

    await one.start(workspace, work, None)
    assert one.percent == 50
