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


def test_a_folder_that_takes_no_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"settings\.toml"):
        settings.save(tmp_path / "nowhere", replace(Settings(), lang="en"))
    assert list(tmp_path.iterdir()) == []
