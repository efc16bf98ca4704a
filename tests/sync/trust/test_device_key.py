"""The device's key and its passphrase."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest

from models.storage import atomic_file
from models.text.words import Refused, W
from sync.trust import device_key
from sync.trust import passphrase as wrap
from sync.trust.signature import signed


def test_a_key_is_made_once_and_signs(tmp_path: Path) -> None:
    home = tmp_path / "new" / "home"
    assert device_key.read(home) is None
    made = device_key.make(home)
    assert device_key.load(home) == made
    assert device_key.read(home) == device_key.Identity(made.id, made.public)
    assert signed(made.public, b"words", made.sign(b"words"))
    assert not signed(made.public, b"other", made.sign(b"words"))
    assert not signed(made.public, b"words", b"short")
    assert not signed(b"short", b"words", made.sign(b"words"))
    with pytest.raises(Refused) as caught:
        device_key.make(home)
    assert caught.value.word is device_key.EXISTS
    assert device_key.load(home) == made


def test_no_secret_is_shown(tmp_path: Path) -> None:
    made = device_key.make(tmp_path)
    assert made.secret.hex() not in repr(made) and repr(made.secret) not in repr(made)


@pytest.mark.skipif(os.name == "nt", reason="no file modes")
def test_only_the_owner_reads_the_key(tmp_path: Path) -> None:
    device_key.make(tmp_path)
    assert (tmp_path / device_key.FILE).stat().st_mode & 0o777 == 0o600
    assert not device_key.exposed(tmp_path)
    device_key.renew(tmp_path)
    assert (tmp_path / device_key.FILE).stat().st_mode & 0o777 == 0o600
    (tmp_path / device_key.FILE).chmod(0o644)
    assert device_key.exposed(tmp_path)


def test_a_passphrase_is_set_asked_changed_and_taken_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(wrap.ARGON2, "memory", 64)
    made = device_key.make(tmp_path, "暗号 one")
    assert made.secret.hex() not in (tmp_path / device_key.FILE).read_text(encoding="utf-8")
    known = device_key.read(tmp_path)
    assert known is not None and known.wrapped and known.id == made.id
    assert device_key.load(tmp_path, "暗号　ｏｎｅ") == made
    for given_, word in ((None, device_key.NEEDED), ("wrong", wrap.WRONG), ("", wrap.EMPTY)):
        with pytest.raises(Refused) as caught:
            device_key.load(tmp_path, given_)
        assert caught.value.word is word
    with pytest.raises(Refused):
        device_key.set_passphrase(tmp_path, "wrong", "two")
    device_key.set_passphrase(tmp_path, "暗号 one", "two")
    assert device_key.load(tmp_path, "two") == made
    device_key.set_passphrase(tmp_path, "two", None)
    assert device_key.load(tmp_path) == made
    with pytest.raises(Refused):
        device_key.set_passphrase(tmp_path, None, "")
    assert device_key.load(tmp_path) == made


def test_scrypt_stands_in_for_argon2(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(wrap.SCRYPT, "n", 2**10)
    box = wrap.wrap(b"s" * 32, "one", b"bound", "scrypt")
    assert box["kdf"] == "scrypt"
    assert wrap.unwrap(box, "one", b"bound") == b"s" * 32
    refuse(wrap.WRONG, box, "two", b"bound")


def test_a_box_opens_only_whole_and_for_its_key() -> None:
    box = wrap.wrap(b"s" * 32, "one", b"bound")
    refuse(wrap.WRONG, box, "one", b"other")
    flipped = f"{int(box['data'][:2], 16) ^ 1:02x}{box['data'][2:]}"
    refuse(wrap.WRONG, {**box, "data": flipped}, "one", b"bound")


@pytest.mark.parametrize(
    "harm",
    [
        {"memory": 2**40},
        {"memory": 0},
        {"iterations": "3"},
        {"lanes": True},
        {"kdf": "none"},
        {"kdf": "scrypt"},
        {"salt": "xyz"},
        {"nonce": 5},
        {"data": None},
    ],
)
def test_a_damaged_box_is_refused(harm: dict[str, object]) -> None:
    cheap = {"memory": 64, "iterations": 1, "lanes": 1}
    box = {"kdf": "argon2id", **cheap, "salt": "00" * 16, "nonce": "00" * 12, "data": "00" * 48}
    refuse(wrap.WRONG, box, "one", b"")
    refuse(wrap.UNREADABLE, {**box, **harm}, "one", b"")


def refuse(word: W, box: dict[str, object], passphrase: str, bound: bytes) -> None:
    """Check that a box is refused with this sentence."""
    with pytest.raises(Refused) as caught:
        wrap.unwrap(box, passphrase, bound)
    assert caught.value.word is word


@pytest.mark.parametrize(
    "raw",
    [b"", b"{", b"[]", b"{}", b"\xff", b"[" * 100_000, b'{"v":1,"id":"d","was":[],"public":"00"}'],
)
def test_a_damaged_key_file_is_refused(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / device_key.FILE).write_bytes(raw)
    for act in (device_key.read, device_key.load, device_key.renew):
        with pytest.raises(Refused) as caught:
            act(tmp_path)
        assert caught.value.word is wrap.UNREADABLE
    assert (tmp_path / device_key.FILE).read_bytes() == raw


def test_a_secret_of_another_key_is_refused(tmp_path: Path) -> None:
    made, other = device_key.make(tmp_path / "a"), device_key.make(tmp_path / "b")
    path = tmp_path / "a" / device_key.FILE
    path.write_text(
        path.read_text(encoding="utf-8").replace(made.public.hex(), other.public.hex()),
        encoding="utf-8",
    )
    with pytest.raises(Refused):
        device_key.load(tmp_path / "a")


def test_a_missing_key_is_a_clear_sentence(tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        device_key.load(tmp_path)
    assert caught.value.word is device_key.MISSING


def test_a_renewed_device_keeps_its_key_and_its_past(tmp_path: Path) -> None:
    made = device_key.make(tmp_path, "one")
    first = device_key.renew(tmp_path)
    second = device_key.renew(tmp_path)
    assert second.was == (made.id, first.id)
    assert len({made.id, first.id, second.id}) == 3
    key = device_key.load(tmp_path, "one")
    assert (key.id, key.public, key.was) == (second.id, made.public, second.was)


def test_a_copy_without_its_key_gets_a_new_one(tmp_path: Path) -> None:
    new = device_key.renew(tmp_path)
    assert new.was == () and device_key.load(tmp_path).id == new.id


def test_a_folder_that_cannot_be_written_is_a_clear_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Refused) as caught:
        device_key.make(tmp_path / "file")
    assert caught.value.word is atomic_file.CANNOT_WRITE


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "in the way").write_bytes(b"")
    with pytest.raises(Refused):
        atomic_file.write_whole(tmp_path / "one", b"new")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one"]


def test_a_lock_that_is_not_had_is_a_clear_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(atomic_file, "LOCK_SECONDS", 0.01)
    said: list[W] = []

    def second() -> None:
        try:
            device_key.make(tmp_path)
        except Refused as error:
            said.append(error.word)

    with atomic_file.held(tmp_path):
        other = Thread(target=second)
        other.start()
        other.join()
    assert said == [atomic_file.BUSY] and device_key.read(tmp_path) is None
    second()
    assert said == [atomic_file.BUSY] and device_key.read(tmp_path) is not None


def test_two_processes_make_one_key(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib; from sync.trust import device_key\n"
        "from models.text.words import Refused\n"
        "try: print(device_key.make(pathlib.Path(sys.argv[1])).id)\n"
        "except Refused: print('refused')"
    )
    root = Path(__file__).parents[3]
    both = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path)], cwd=root, stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    said = sorted(one.communicate()[0].strip() for one in both)
    assert (
        said[1] == "refused"
        and said[0] == json.loads((tmp_path / device_key.FILE).read_bytes())["id"]
    )


def test_nothing_heavy_is_imported_before_it_is_needed() -> None:
    code = (
        "import sys; import sync.log.membership_store, sync.workspace.rollback_guard\n"
        "import sync.trust.seal, models.book.people\n"
        "print([n for n in ('cryptography', 'pypinyin', 'uuid_utils') if n in sys.modules])"
    )
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
