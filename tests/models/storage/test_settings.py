"""The settings file: a person's own lines survive, mistakes are told, nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from models.storage import settings
from models.storage.settings import Settings
from models.text.words import Refused


def test_what_is_changed_is_kept_beside_a_persons_own_lines(tmp_path: Path) -> None:
    (tmp_path / settings.FILE).write_text('# mine\nlang = "zh"\nown = 1\n', encoding="utf-8")
    settings.save(tmp_path, replace(Settings(), lang="en"))
    text = (tmp_path / settings.FILE).read_text(encoding="utf-8")
    assert "# mine" in text and "own = 1" in text
    found, warnings = settings.load(tmp_path)
    assert found.lang == "en" and len(warnings) == 1 and "own" in warnings[0]


def test_a_file_with_a_mistake_is_told_and_kept_when_settings_change(tmp_path: Path) -> None:
    (tmp_path / settings.FILE).write_text('lang = "en\nproject = 1', encoding="utf-8")
    found, warnings = settings.load(tmp_path)
    assert found == Settings() and len(warnings) == 1
    settings.save(tmp_path, replace(found, lang="en"))
    assert settings.load(tmp_path) == (replace(Settings(), lang="en"), [])
    kept = tmp_path / "settings.toml.old"
    assert kept.read_text(encoding="utf-8") == 'lang = "en\nproject = 1'


def test_a_mark_before_the_text_is_no_mistake(tmp_path: Path) -> None:
    (tmp_path / settings.FILE).write_text('# mine\nlang = "en"\n', encoding="utf-8-sig")
    found, warnings = settings.load(tmp_path)
    assert (found.lang, warnings) == ("en", [])
    settings.save(tmp_path, replace(found, letters=False))
    assert "# mine" in (tmp_path / settings.FILE).read_text(encoding="utf-8")
    assert settings.load(tmp_path) == (replace(Settings(), lang="en", letters=False), [])
    assert not (tmp_path / settings.OLD).exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [('lang = "en"\nx = = 1\n', "2"), ('a = 1\n\nb = "', "3"), ("名 = 1\n".encode("gbk"), "UTF-8")],
)
def test_where_the_mistake_is_and_what_becomes_of_the_file(
    tmp_path: Path, text: str | bytes, said: str
) -> None:
    (tmp_path / settings.FILE).write_bytes(text if isinstance(text, bytes) else text.encode())
    (warning,) = settings.load(tmp_path)[1]
    assert said in warning and settings.OLD in warning


def test_a_folder_that_takes_no_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"settings\.toml"):
        settings.save(tmp_path / "nowhere", replace(Settings(), lang="en"))
    assert list(tmp_path.iterdir()) == []
