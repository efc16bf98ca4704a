"""What was typed outlives a program killed in the middle of typing, and others typing beside it."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from models.storage.drafts import Drafts, FormDraft

TYPING = """
import sys
from pathlib import Path
from models.storage.drafts import Drafts, FormDraft

drafts = Drafts(Path(sys.argv[1]))
for count in range(int(sys.argv[3])):
    text = f"{count} " + "\\0电\\ud83d站" * 2000
    texts = {"cause": text}
    drafts.keep(FormDraft(key=sys.argv[2], type="fix", texts=texts, base="1.2", at=count + 1))
    print(count, flush=True)
"""
ENDLESS = 10**9


def typing(home: Path, key: str, times: int) -> subprocess.Popen[str]:
    """A program that keeps a draft again and again and says which one is on the disk."""
    command = [sys.executable, "-c", TYPING, str(home), key, str(times)]
    root = Path(__file__).parents[3]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root)


@pytest.mark.shows(64)
@pytest.mark.parametrize("kept", [1, 7, 40])
def test_what_was_kept_outlives_the_kill(tmp_path: Path, kept: int) -> None:
    with typing(tmp_path, "new:fix", ENDLESS) as child:
        assert child.stdout is not None
        said = [int(child.stdout.readline()) for _ in range(kept)]
        child.kill()
    (found,) = Drafts(tmp_path).all()
    count, text = found.texts["cause"].split(" ", 1)
    assert int(count) >= said[-1] == kept - 1
    assert text == "\0电\ud83d站" * 2000 and (found.key, found.base) == ("new:fix", "1.2")
    Drafts(tmp_path).keep(FormDraft(key="new:fix", type="fix", at=1))
    assert [one.texts for one in Drafts(tmp_path).all()] == [{}]


@pytest.mark.long
def test_what_was_kept_outlives_two_hundred_kills(tmp_path: Path) -> None:
    """At any moment of the typing; the drafts of all earlier lives are still offered."""
    rng, said = random.Random(200), dict[str, int]()
    for life in range(200):
        with typing(tmp_path, f"edit:{life}", ENDLESS) as child:
            assert child.stdout is not None
            for _ in range(rng.randrange(1, 20)):
                said[f"edit:{life}"] = int(child.stdout.readline())
            threading.Timer(rng.random() * 0.01, child.kill).start()
        found = {one.key: one.texts["cause"] for one in Drafts(tmp_path).all()}
        assert set(found) == set(said)
        for key, count in said.items():
            kept, text = found[key].split(" ", 1)
            assert int(kept) >= count and text == "\0电\ud83d站" * 2000


def test_several_programs_keep_drafts_at_once(tmp_path: Path) -> None:
    keys = ("edit:1", "edit:2", "edit:2")
    children = [typing(tmp_path, key, 25) for key in keys]
    for child in children:
        with child:
            assert child.stdout is not None and child.stdout.read().split()[-1] == "24"
        assert child.returncode == 0
    found = {one.key: one.texts["cause"] for one in Drafts(tmp_path).all()}
    assert set(found) == set(keys)
    assert all(text == "24 " + "\0电\ud83d站" * 2000 for text in found.values())
