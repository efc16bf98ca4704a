"""Lines of JSON: acknowledged when durable, refused one by one, never all or nothing."""

from __future__ import annotations

import io
import json
import select
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from models.text.words import Refused
from tests.tui.cli.conftest import Shell, command
from tui.cli.streams import json_stream


def _line(**fields: object) -> str:
    return json.dumps({"type": "fix", **fields}, ensure_ascii=False) + "\n"


def test_each_good_line_is_acknowledged_by_its_ref_or_id(shell: Shell) -> None:
    text = (
        _line(ref="工单-1", phenomenon="一") + _line(phenomenon="二") + _line(ref="R3", cause="c")
    )
    acks = shell.ok("add", "--jsonl", "-", stdin=text).out.splitlines()
    found = {one["phenomenon"]: one for one in shell.ok("list", "fix", "--json").lines}
    assert acks == ["ACK 工单-1", f"ACK {found['二']['id']}", "ACK R3"]
    assert found["一"]["ref"] == "工单-1" and found[None]["cause"] == "c"


def test_again_the_same_lines_are_acknowledged_and_add_nothing(shell: Shell) -> None:
    text = "".join(_line(ref=f"R{n}", phenomenon="x") for n in range(5))
    first = shell.ok("add", "--jsonl", "-", stdin=text).out
    assert shell.ok("add", "--jsonl", "-", stdin=text).out == first
    assert len(shell.ok("list", "fix", "--json").lines) == 5


BAD: dict[str, tuple[bytes, str]] = {
    "no JSON": (b"nonsense", "不是 JSON 对象"),
    "half a line": (b'{"type":"fix","phenomenon":"x', "不是 JSON 对象"),
    "a list": (b"[1,2]", "应为 JSON 对象"),
    "not UTF-8": (b'{"type":"fix","cause":"\xff"}', "不是 UTF-8"),
    "GBK": ('{"type":"fix","cause":"设备"}'.encode("gbk"), "不是 UTF-8"),
    "a key twice": (b'{"type":"fix","cause":"a","cause":"b"}', "出现了两次"),
    "deep": (b'{"type":"fix","cause":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "不是 JSON"),
    "not a number": (b'{"type":"fix","cause":NaN}', "不是 JSON 对象"),
    "no type": (b'{"cause":"x"}', "缺少“type”"),
    "a strange type": (b'{"type":"nonsense"}', "没有“nonsense”"),
    "a type that is no text": (b'{"type":5}', "“type”应为文字"),
    "a ref that is no text": (b'{"type":"fix","ref":5}', "“ref”应为文字"),
    "a ref that acts": (b'{"type":"fix","ref":"a\\u001b[2J"}', "ref 须为"),
    "a state": (b'{"type":"fix","state":"closed"}', "sitebook move"),
    "a strange field": (b'{"type":"fix","nonsense":1}', "没有字段“nonsense”"),
    "an object for text": (b'{"type":"fix","cause":{"a":1}}', "不能接受|应为"),
    "NUL": (b'{"type":"fix","cause":"a\\u0000b"}', "不能保存的字符"),
    "half a character": (b'{"type":"fix","cause":"\\ud800"}', "不能保存的字符"),
    "half a character as a type": (b'{"type":"\\ud800"}', "记录"),
    "half a character as a project": (b'{"type":"fix","project":"\\ud800"}', "没有找到"),
    "too long a text": (b'{"type":"fix","cause":"' + b"x" * 300_000 + b'"}', "256 KiB"),
    "too long a line": (b'{"type":"fix","cause":"' + b"x" * (5 << 20) + b'"}', "超过 4 MiB"),
    "a date that is none": (b'{"type":"sheet","day":"2026-02-30"}', "应为日期"),
    "a huge number": (b'{"type":"answer","reading":1' + b"0" * 5000 + b"}", "不是 JSON 对象"),
}


@pytest.mark.parametrize("name", BAD)
def test_one_bad_line_is_refused_by_number_and_the_others_go_on(shell: Shell, name: str) -> None:
    bad, word = BAD[name]
    text = _line(ref="A", cause="x").encode() + b"\n" + bad + b"\n" + _line(ref="B").encode()
    said = shell("add", "--jsonl", "-", stdin=text)
    assert said.code == 1 and said.out == "ACK A\nACK B\n"
    first, last = said.err.splitlines()
    assert first.startswith("第 3 行未保存：") and any(one in first for one in word.split("|"))
    assert last == "1 行未保存，其余 2 行已保存。"
    assert len(shell.ok("list", "fix", "--json").lines) == 2
    assert "完好" in shell.ok("check").out


def test_a_refused_line_takes_back_what_its_rules_had_begun(shell: Shell) -> None:
    text = _line(ref="A") + _line(ref="A", cause="other") + _line(ref="B")
    said = shell("add", "--jsonl", "-", stdin=text)
    assert said.out == "ACK A\nACK B\n" and "第 2 行" in said.err
    numbers = sorted(one["number"] for one in shell.ok("list", "fix", "--json").lines)
    assert [number[-4:] for number in numbers] == ["0001", "0002"]


def test_values_come_as_json_or_as_text(shell: Shell) -> None:
    shell.ok(
        "add",
        "--jsonl",
        "-",
        stdin='{"type":"weekly","week":"2026-W47","person":"me","hours":7.50}\n',
    )
    assert shell.ok("list", "weekly", "--json").json["hours"] == "7.5"
    text = _line(
        ref="R",
        typical=True,
        fixed_at="2026-11-22T08:30:00.000+08:00",
        occurred_at="2026-11-22 08:00",
    )
    shell.ok("add", "--jsonl", "-", stdin=text)
    found = shell.ok("show", "R", "--json").json
    assert found["typical"] is True and found["fixed_at"] == "2026-11-22T08:30:00.000+08:00"
    assert found["occurred_at"] == "2026-11-22T08:00:00.000+08:00"


def test_the_usual_type_and_project_come_from_the_command(shell: Shell) -> None:
    shell.ok("add", "project", "name=北站")
    text = '{"ref":"A"}\n{"ref":"B","type":"site","name":"s"}\n{"ref":"C","project":"测试项目"}\n'
    shell.ok("add", "fix", "--project", "北站", "--jsonl", "-", stdin=text)
    projects = {one["name"]: one["id"] for one in shell.ok("list", "project", "--json").lines}
    assert shell.ok("show", "A", "--json").json["project"] == projects["北站"]
    assert shell.ok("show", "B", "--json").json["type"] == "site"
    assert shell.ok("show", "C", "--json").json["project"] == projects["测试项目"]


def test_links_to_earlier_lines_go_by_ref(shell: Shell) -> None:
    text = '{"type":"site","ref":"S","name":"主机房"}\n' + _line(ref="F", site="S")
    shell.ok("add", "--jsonl", "-", stdin=text)
    site = shell.ok("show", "S", "--json").json["id"]
    assert shell.ok("show", "F", "--json").json["site"] == site


def test_a_file_windows_ends_of_line_and_a_byte_order_mark(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    text = _line(ref="A") + "\n  \n" + _line(ref="B").strip()
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert shell.ok("add", "--jsonl", path).out == "ACK A\nACK B\n"
    assert shell.ok("add", "--jsonl", "-", stdin="").out == ""
    assert "不能读取" in shell.refused("add", "--jsonl", tmp_path / "absent")


def test_edits_are_acknowledged_with_the_id_given(shell: Shell) -> None:
    shell.ok("add", "fix", "phenomenon=x", "--ref", "R")
    found = shell.ok("show", "R", "--json").json
    edits = [{"id": found["id"], "cause": "a"}, {"id": "R", "place": "p"},
             {"id": found["number"], "typical": None}, {"id": "nobody", "cause": "b"},
             {"cause": "no id"}, {"id": "R", "state": "closed"}]  # fmt: skip
    text = "".join(json.dumps(one) + "\n" for one in edits)
    said = shell("set", "--jsonl", "-", stdin=text)
    assert said.code == 1
    assert said.out == f"ACK {found['id']}\nACK R\nACK {found['number']}\n"
    assert [line[:3] for line in said.err.splitlines()] == ["第 4", "第 5", "第 6", "3 行"]
    after = shell.ok("show", "R", "--json").json
    assert (after["cause"], after["place"]) == ("a", "p")


def test_a_writer_that_waits_for_each_acknowledgement_gets_it(shell: Shell) -> None:
    process = subprocess.Popen(
        command("add", "--jsonl", "-"), env=shell.env,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin and process.stdout
    for number in range(20):
        process.stdin.write(_line(ref=f"R{number}").encode())
        process.stdin.flush()
        assert select.select([process.stdout], [], [], 60)[0]
        assert process.stdout.readline() == f"ACK R{number}\n".encode()
    process.stdin.close()
    assert process.stdout.read() == b"" and process.wait(60) == 0
    process.stdout.close()


def test_when_nobody_reads_the_acknowledgements_the_rest_is_not_read(shell: Shell) -> None:
    process = subprocess.Popen(
        command("add", "--jsonl", "-"), env=shell.env,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin and process.stdout and process.stderr
    process.stdin.write(_line(ref="R0").encode())
    process.stdin.flush()
    assert process.stdout.readline() == b"ACK R0\n"
    process.stdout.close()
    process.stdin.write(_line(ref="R1").encode())
    process.stdin.flush()
    assert process.wait(60) == 1
    err = process.stderr.read().decode()
    assert "输出已关闭" in err and err.count("\n") == 1
    process.stderr.close()
    process.stdin.close()
    assert {one["ref"] for one in shell.ok("list", "fix", "--json").lines} == {"R0", "R1"}


class _Drips:
    """A stream that gives what it has in small pieces, as a slow pipe does."""

    def __init__(self, data: bytes, piece: int) -> None:
        self.data, self.piece = data, piece

    def read1(self, _size: int) -> bytes:
        head, self.data = self.data[: self.piece], self.data[self.piece :]
        return head


@pytest.mark.parametrize("piece", [1, 2, 7, 1000])
def test_lines_are_the_same_however_they_arrive(piece: int) -> None:
    data = '{"a":1}\n\n{"b":"机房"}\r\n{"c":2}'.encode()
    stream: Any = _Drips(data, piece)
    found = [line for batch in json_stream.batches(stream) for line in batch]
    assert [line.number for line in found] == [1, 3, 4]
    assert [json_stream.item(line) for line in found] == [{"a": 1}, {"b": "机房"}, {"c": 2}]


def test_a_line_that_never_ends_is_not_kept_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_stream, "LONGEST", 10)
    stream: Any = _Drips(b"x" * 100 + b"\n{}\n" + b"y" * 100, 8)
    found = [line for batch in json_stream.batches(stream) for line in batch]
    assert found == [
        json_stream.JsonLine(1, None),
        json_stream.JsonLine(2, b"{}"),
        json_stream.JsonLine(3, None),
    ]
    with pytest.raises(Refused, match="4 MiB"):
        json_stream.item(found[0])


def test_numbers_are_never_floats() -> None:
    found = json_stream.item(
        json_stream.JsonLine(2, b'{"a": 0.1, "b": 1e400, "c": 12345678901234567890}')
    )
    assert found == {"a": Decimal("0.1"), "b": Decimal("1e400"), "c": 12345678901234567890}


class Pieces(io.BytesIO):
    """A stream that gives its bytes in pieces of one size, as a slow writer does."""

    def __init__(self, data: bytes, size: int) -> None:
        super().__init__(data)
        self.size = size

    def read1(self, size: int | None = -1, /) -> bytes:
        return super().read1(min(self.size, json_stream.CHUNK))


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1 << 16])
def test_lines_are_the_same_however_the_bytes_arrive(size: int) -> None:
    data = '{"一":1}\n\n  \n{"b":2}\r\n{"c":3}'.encode()
    found = [line for some in json_stream.batches(Pieces(data, size)) for line in some]
    assert [line.number for line in found] == [1, 4, 5]
    assert [json_stream.item(line) for line in found] == [{"一": 1}, {"b": 2}, {"c": 3}]


@pytest.mark.parametrize("end", [b"\n", b""])
def test_a_line_too_long_is_told_once_and_the_next_is_read(
    monkeypatch: pytest.MonkeyPatch, end: bytes
) -> None:
    monkeypatch.setattr(json_stream, "LONGEST", 20)
    data = b'{"a":1}\n' + b"x" * 200 + b'\n{"b":2}\n' + b"y" * 50 + end
    found = [line for some in json_stream.batches(Pieces(data, 16)) for line in some]
    assert [(line.number, line.data) for line in found] == [
        *((1, b'{"a":1}'), (2, None), (3, b'{"b":2}'), (4, None))
    ]
    with pytest.raises(Refused, match="4 MiB"):
        json_stream.item(found[1])


def test_no_more_lines_are_worked_on_together_than_is_said() -> None:
    data = b"{}\n" * (2 * json_stream.TOGETHER + 1)
    sizes = [len(some) for some in json_stream.batches(io.BytesIO(data))]
    assert sizes == [json_stream.TOGETHER, json_stream.TOGETHER, 1]


def test_the_mark_of_utf8_is_left_out_of_the_first_line_alone() -> None:
    marked = b'\xef\xbb\xbf{"a":1}'
    assert json_stream.item(json_stream.JsonLine(1, marked)) == {"a": 1}
    with pytest.raises(Refused, match="不是 JSON"):
        json_stream.item(json_stream.JsonLine(2, marked))


def test_a_file_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    for path in (str(tmp_path / "none.jsonl"), str(tmp_path), "a\0b"):
        with pytest.raises(Refused, match="请检查路径"), json_stream.source(path):
            pass
