"""Killed at any moment: what was acknowledged is there, and the book is sound."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import threading

import pytest

from tests.tui.cli.conftest import Shell, command
from tui.cli.commands.check import findings

USUAL = 40
LONG = 200
BURST = 40
"""Lines sent at once, so that some kills hit a transaction of many records."""


def _fed(process: subprocess.Popen[bytes], life: int, rng: random.Random) -> None:
    """Send lines without end, single ones and bursts, until nobody reads them."""
    assert process.stdin
    number = 0
    try:
        while True:
            burst = rng.choice((1, 1, 1, BURST))
            lines = [
                json.dumps(
                    {"type": "fix", "ref": f"{life}-{number + n}", "phenomenon": "空调" * 50}
                )
                for n in range(burst)
            ]
            number += burst
            process.stdin.write("".join(f"{line}\n" for line in lines).encode())
            process.stdin.flush()
    except OSError:
        pass


def _life(shell: Shell, life: int, rng: random.Random) -> set[str]:
    """One process from its start to its violent end; the refs that it acknowledged."""
    process = subprocess.Popen(
        command("add", "--jsonl", "-"), env=shell.env,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    feeder = threading.Thread(target=_fed, args=(process, life, rng))
    feeder.start()
    acknowledged: set[str] = set()
    wanted = rng.randrange(1, 60)
    assert process.stdout and process.stderr and process.stdin
    for line in process.stdout:
        acknowledged.add(line.decode().removeprefix("ACK ").strip())
        if len(acknowledged) == wanted:
            os.kill(process.pid, signal.SIGKILL)
    assert process.wait(60) == -signal.SIGKILL, process.stderr.read()
    feeder.join()
    for stream in (process.stdin, process.stdout, process.stderr):
        try:
            stream.close()
        except BrokenPipeError:
            continue
    return acknowledged


def _lives(shell: Shell, count: int, seed: int) -> None:
    from sync.workspace.workspace import open_book

    rng = random.Random(seed)
    acknowledged: set[str] = set()
    for life in range(count):
        acknowledged |= _life(shell, life, rng)
    workspace = open_book(shell.home)
    held = {row[0] for row in workspace.store.rows("SELECT ref FROM fix")}
    assert acknowledged <= held and len(acknowledged) >= count
    assert [str(one) for one in findings(workspace) if one.bad] == []
    numbers = workspace.store.rows("SELECT count(*), count(DISTINCT number) FROM fix")[0]
    assert numbers[0] == numbers[1] == len(held)
    workspace.close()
    assert "完好" in shell.ok("check").out


@pytest.mark.shows(64)
def test_what_was_acknowledged_survives_kills(shell: Shell) -> None:
    _lives(shell, USUAL, 1)


@pytest.mark.long
def test_what_was_acknowledged_survives_two_hundred_kills(shell: Shell) -> None:
    _lives(shell, LONG, 2)
