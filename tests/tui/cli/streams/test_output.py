"""Output: text for people is made harmless, JSON is ASCII, a reader that went away is no crash."""

from __future__ import annotations

import errno
import io
import json
import sys
from collections.abc import Callable

import pytest

from tui.cli.streams import output
from tui.display.terminal_text import width

HOSTILE = "\x1b[31mred\x1b[0m \u202ereversed\u2066 \x00 bell\x07"


class BrokenStream(io.StringIO):
    """A stream whose reader or disk fails at every write."""

    def __init__(self, fault: OSError) -> None:
        super().__init__()
        self.fault = fault
        self.buffer = io.BytesIO()  # type: ignore[misc]

    def write(self, _text: str) -> int:
        raise self.fault


@pytest.mark.parametrize("say", [output.put, output.complain, output.advise])
def test_what_acts_on_a_terminal_is_shown_as_a_mark(
    say: Callable[[str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    say(HOSTILE)
    shown = "".join(capsys.readouterr())
    assert "red" in shown and "reversed" in shown and shown.endswith("\n")
    assert not {"\x1b", "\x07", "\x00", "\u202e", "\u2066"} & set(shown)


def test_columns_line_up_by_terminal_cells(capsys: pytest.CaptureFixture[str]) -> None:
    output.table([("站", "二号空调", "x"), ("station", "A", "后面的不补空格")])
    first, second = capsys.readouterr().out.splitlines()
    assert width(first.partition("二号")[0]) == width(second.partition("A")[0]) == 9
    assert width(first.rpartition("x")[0]) == width(second.partition("后面")[0])


def test_a_long_cell_is_not_cut_and_the_last_is_not_padded(
    capsys: pytest.CaptureFixture[str],
) -> None:
    long = "长" * 500
    output.row((long, 4), ("end", 40))
    assert capsys.readouterr().out == f"{long}  end\n"


def test_json_is_one_line_of_ascii(capsys: pytest.CaptureFixture[str]) -> None:
    value = {"text": f"第一行\n{HOSTILE}", "many": [1, None, True]}
    output.emit(value)
    line = capsys.readouterr().out
    assert line.isascii() and line.count("\n") == 1 and "\x1b" not in line
    assert json.loads(line) == value


def test_a_complaint_is_one_line_however_long(capsys: pytest.CaptureFixture[str]) -> None:
    output.complain("一" * 5000 + "\nsecond line")
    err = capsys.readouterr().err
    assert err.count("\n") == 1 and width(err.rstrip("\n")) <= output.LONGEST


def test_an_acknowledgement_is_utf8_and_flushed(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="gbk"))
    sys.stdout.write("before\n")
    output.acknowledge(["记录一", "x\ny"])
    assert raw.getvalue().decode("utf-8").splitlines() == ["before", "ACK 记录一", "ACK x", "y"]


def test_a_full_disk_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", BrokenStream(OSError(errno.ENOSPC, "No space")))
    with pytest.raises(output.Unwritable) as raised:
        output.put("text")
    assert "磁盘" in str(raised.value)


def test_a_closed_pipe_stays_a_closed_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", BrokenStream(BrokenPipeError(errno.EPIPE, "closed")))
    with pytest.raises(BrokenPipeError):
        output.emit({})


def test_an_error_stream_that_nobody_reads_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", BrokenStream(OSError(errno.EIO, "gone")))
    output.complain("nobody reads this")
    output.advise("nor this")


def test_shares_are_told_where_somebody_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    assert output.shares() is None or sys.stderr.isatty()
    watched = io.StringIO()
    monkeypatch.setattr(watched, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stderr", watched)
    tell = output.shares()
    assert tell is not None
    for share in (0.0, 0.256, 1.5):
        tell(share)
    said = [part.strip() for part in watched.getvalue().split("\r") if part.strip()]
    assert said == ["0%", "26%", "100%"]
