"""Crash reports: where the program was, never what it held; written somewhere or said in words."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from tui.app.faults import crash_report

SECRET = "张三的电话 13800000000"


def fault() -> Exception:
    """An error whose text and variables hold something personal, raised from another one."""
    held = SECRET
    try:
        try:
            raise KeyError(held)
        except KeyError as inner:
            raise ValueError(f"about {held}") from inner
    except ValueError as error:
        return error


def test_it_names_the_errors_and_their_places_and_no_content() -> None:
    text = crash_report.report(fault())
    assert "builtins.ValueError" in text and "builtins.KeyError" in text
    assert text.index("ValueError") < text.index("KeyError")
    assert "test_crash_report.py" in text and " fault" in text
    assert SECRET not in text and "13800000000" not in text
    assert text.startswith("sitebook ") and "sqlite " in text


def test_the_home_folder_is_not_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert crash_report.hidden(f"{tmp_path}/book/x") == "~/book/x"
    assert crash_report.hidden("/elsewhere") == "/elsewhere"


def test_it_is_written_beside_the_book(tmp_path: Path) -> None:
    said = crash_report.sentence(fault(), tmp_path)
    (written,) = (tmp_path / "reports").iterdir()
    assert written.name in said and "已保存的数据不受影响" in said


def test_without_a_book_it_is_written_among_temporary_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "tmp"
    other.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(other))
    said = crash_report.sentence(fault(), tmp_path / "no book")
    (written,) = other.iterdir()
    assert written.name in said and not (tmp_path / "no book").exists()


def test_where_nothing_can_be_written_the_error_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "reports").write_text("in the way")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone" / "away"))
    said = crash_report.sentence(fault(), tmp_path)
    assert "ValueError" in said and "未能写出" in said and SECRET not in said


def test_errors_that_name_each_other_end() -> None:
    one, other = ValueError("a"), TypeError("b")
    one.__cause__, other.__cause__ = other, one
    text = crash_report.report(one)
    assert text.count("ValueError") == 1 and text.count("TypeError") == 1


def test_a_missing_package_is_named() -> None:
    error = ModuleNotFoundError(f"about {SECRET}", name="docx.parts")
    assert "ModuleNotFoundError: docx.parts" in crash_report.report(error)
    assert SECRET not in crash_report.report(error)
