"""Drafts: kept whole, found by their form, never lost with a type or a newer version."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from models.storage.drafts import FOLDER, Drafts, FormDraft
from models.text.words import Refused
from tests.support.hostile import PAYLOADS, REFUSED

DRAFT = FormDraft(
    key="new:fix",
    type="fix",
    values={"phenomenon": "机房温度超限", "typical": True},
    texts={"fixed_at": "11-"},
    start={"site": "s1"},
    project="p1",
    base=None,
    at=1_790_000_000_000,
)


def test_a_draft_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    Drafts(tmp_path).keep(DRAFT)
    assert Drafts(tmp_path).get("new:fix") == DRAFT
    assert Drafts(tmp_path).get("new:escalation") is None


def test_the_newest_comes_first_and_a_dropped_one_is_gone(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    drafts.keep(DRAFT)
    drafts.keep(FormDraft(key="edit:1", type="fix", at=DRAFT.at + 1))
    assert [one.key for one in drafts.all()] == ["edit:1", "new:fix"]
    drafts.drop("edit:1")
    drafts.drop("edit:1")
    assert [one.key for one in drafts.all()] == ["new:fix"]


def test_no_folder_means_no_drafts(tmp_path: Path) -> None:
    assert Drafts(tmp_path).all() == []


def test_a_type_nobody_knows_any_more_and_what_a_newer_version_wrote_survive(
    tmp_path: Path,
) -> None:
    drafts = Drafts(tmp_path)
    drafts.keep(FormDraft(key="new:gone", type="gone", values={"was": "在"}, texts={}, at=1))
    path = next((tmp_path / FOLDER).iterdir())
    plain = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(plain | {"later": [1]}), encoding="utf-8")
    found = drafts.get("new:gone")
    assert found is not None and found.values == {"was": "在"} and found.more == {"later": [1]}
    drafts.keep(found)
    assert json.loads(path.read_text(encoding="utf-8"))["later"] == [1]


@pytest.mark.parametrize("text", [*PAYLOADS.values(), *REFUSED.values()])
def test_any_text_is_kept_as_typed(tmp_path: Path, text: str) -> None:
    drafts = Drafts(tmp_path)
    drafts.keep(FormDraft(key=text.replace("\ud800", "?"), type="fix", texts={"cause": text}, at=1))
    assert drafts.all()[0].texts == {"cause": text}


def test_a_broken_file_hides_no_other_and_stays(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    drafts.keep(DRAFT)
    for name, text in (("a.json", "{"), ("b.json", "[1]"), ("c.json", '{"key": "x"}')):
        (tmp_path / FOLDER / name).write_text(text, encoding="utf-8")
    assert drafts.all() == [DRAFT]
    assert (tmp_path / FOLDER / "a.json").exists()


def test_a_disk_that_fails_is_said_and_the_older_draft_stays(tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_text("in the way", encoding="utf-8")
    with pytest.raises(Refused, match="草稿没有写到磁盘"):
        Drafts(tmp_path).keep(DRAFT)


# -- several windows -----------------------------------------------------------------------------


def test_each_open_form_has_a_draft_of_its_own(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    for window, text in (("a1", "甲"), ("b2", "乙")):
        drafts.keep(DRAFT.but(window=window, values={"phenomenon": text}))
    drafts.drop("new:fix", "a1")
    assert [draft.values["phenomenon"] for draft in drafts.all()] == ["乙"]


def test_what_an_open_form_holds_is_not_offered_until_it_ends(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    hold = drafts.hold("new:fix", "a1")
    kept = drafts.keep(DRAFT.but(window="a1"))
    assert (drafts.waiting(), drafts.get("new:fix"), drafts.all()) == ([], None, [kept])
    assert Drafts(tmp_path).waiting() == []  # neither in another window
    hold.release()
    assert drafts.waiting() == [kept] and drafts.get("new:fix") == kept


def test_one_form_alone_takes_over_what_another_left(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    left = drafts.keep(DRAFT.but(window="a1"))
    taken = drafts.take_over(left, "new:fix", "b2")
    assert taken is not None and (taken.window, taken.values) == ("b2", DRAFT.values)
    assert drafts.take_over(left, "new:fix", "c3") is None
    assert drafts.all() == [taken]


def test_nothing_is_left_beside_the_drafts(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    hold = drafts.hold("new:fix", "a1")
    drafts.keep(DRAFT.but(window="a1"))
    drafts.drop("new:fix", "a1")
    hold.release()
    assert list((tmp_path / FOLDER).iterdir()) == []
