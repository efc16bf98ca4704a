"""The files of a shared folder: only exact names of whole files of this format count."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.storage.format import FORMAT
from models.text.words import Refused
from sync.transport.folder import files
from sync.transport.folder.files import KEYS, LOG, SEGMENTS, FolderFile, sum_of
from tests.support.other_formats import OTHERS, content

ORGANISATION = "0190a1b2-0000-7000-8000-00000000c0de"
DEVICE = "0190a1b2-0000-7000-8000-000000000001"
CHAIN, KEY = "ab" * 16, "cd" * 8


def segment(root: Path, number: int, first: int, last: int, data: bytes = b"sealed") -> Path:
    """A segment of the device in the company's space, under its exact name."""
    name = f"{number}_{DEVICE}_{first}_{last}_{CHAIN}_{KEY}_{len(data)}_{sum_of(data)}"
    path = root / DEVICE / SEGMENTS / "company" / name
    files.put(root, path, data)
    return path


def test_the_sub_folder_has_the_number_of_the_format_in_its_name(tmp_path: Path) -> None:
    root = files.root_of(tmp_path, ORGANISATION)
    assert root == tmp_path / f"sitebook-{FORMAT}-{ORGANISATION}" and not root.exists()
    root.mkdir()
    assert files.root_of(tmp_path, ORGANISATION) == root


@pytest.mark.parametrize("meaning", OTHERS)
def test_one_of_another_format_is_refused_even_beside_one_s_own(
    tmp_path: Path, meaning: str
) -> None:
    files.root_of(tmp_path, ORGANISATION).mkdir()
    number = OTHERS[meaning]
    other = tmp_path / f"sitebook-{f'{number}-' if number else ''}{ORGANISATION}"
    other.mkdir()
    (other / "file").write_bytes(b"theirs")
    before = content(tmp_path)
    with pytest.raises(
        Refused, match="更新的 sitebook" if meaning == "newer" else "测试版"
    ) as found:
        files.root_of(tmp_path, ORGANISATION)
    assert other.name in str(found.value) and content(tmp_path) == before


def test_a_number_that_no_version_writes_is_damage(tmp_path: Path) -> None:
    (tmp_path / f"sitebook-123456-{ORGANISATION}").mkdir()
    with pytest.raises(Refused, match="没有版本会这样写"):
        files.root_of(tmp_path, ORGANISATION)


@pytest.mark.parametrize(
    "name",
    [
        "sitebook-0190a1b2-0000-7000-8000-00000000c0df",
        f"sitebook-1-{ORGANISATION} (conflict)",
        f"sitebook-x-{ORGANISATION}",
        f"sitebook-1--{ORGANISATION}",
        f"sitebook-{ORGANISATION}.tmp",
        "photos",
    ],
)
def test_what_has_another_name_is_not_ours(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    assert files.root_of(tmp_path, ORGANISATION).name == f"sitebook-{FORMAT}-{ORGANISATION}"


def test_a_plain_file_of_such_a_name_is_not_ours(tmp_path: Path) -> None:
    (tmp_path / f"sitebook-{ORGANISATION}").write_bytes(b"")
    files.root_of(tmp_path, ORGANISATION)


def test_segments_are_in_the_order_of_their_giver(tmp_path: Path) -> None:
    second, first = segment(tmp_path, 10, 3, 4), segment(tmp_path, 9, 1, 2)
    found = files.segments(tmp_path, {"company"})
    assert [one.path for one in found] == [first, second]
    assert found[0] == FolderFile(first, 9, DEVICE, 1, 2, CHAIN, KEY, sum_of(b"sealed"))
    assert files.spaces(tmp_path) == {"company"}
    assert files.segments(tmp_path, {"p_x"}) == []


@pytest.mark.parametrize("harm", ["longer", "shorter", "renamed", "doubled", "temporary"])
def test_a_file_that_is_not_whole_or_not_of_that_name_is_passed_over(
    tmp_path: Path, harm: str
) -> None:
    kept, path = segment(tmp_path, 1, 1, 2), segment(tmp_path, 2, 3, 4, b"another one")
    data = path.read_bytes()
    if harm in ("longer", "shorter"):
        path.write_bytes(data + b"x" if harm == "longer" else data[:-1])
    else:
        endings = {"renamed": "_x", "doubled": " (1)", "temporary": ".123.tmp"}
        path.rename(path.with_name(path.name + endings[harm]))
    assert [one.path for one in files.segments(tmp_path, {"company"})] == [kept]


@pytest.mark.parametrize(
    ("name", "space"),
    [("company", "company"), ("p_one", "p:one"), (f"r_{DEVICE}", f"r:{DEVICE}"), ("p_a b", None),
     ("P_one", None), ("p_", None)],
)  # fmt: skip
def test_spaces_are_read_from_names(tmp_path: Path, name: str, space: str | None) -> None:
    (tmp_path / DEVICE / SEGMENTS / name).mkdir(parents=True)
    assert files.spaces(tmp_path) == ({space} if space else set())
    if space:
        assert files.named(space) == name


def test_a_folder_with_another_name_is_no_device(tmp_path: Path) -> None:
    for name in ("a b", "x" * 65, "名", ".hidden", "ok"):
        (tmp_path / name).mkdir()
    (tmp_path / "file").touch()
    assert [one.name for one in files.devices(tmp_path)] == ["ok"]


def test_the_longest_membership_log_comes_first(tmp_path: Path) -> None:
    paths = []
    for entries, device in ((3, "a"), (12, "b"), (7, "c")):
        data = b"log" * entries
        path = tmp_path / device / LOG / f"{entries}_{KEY}_{len(data)}_{sum_of(data)}"
        files.put(tmp_path, path, data)
        paths.append(path)
    (tmp_path / "a" / LOG / f"99_{KEY}_6_{KEY}").write_bytes(b"short")
    found = files.logs(tmp_path)
    assert [one.entries for one in found] == [12, 7, 3]
    assert files.read(found[0].path, found[0].sum) == b"log" * 12


def test_bytes_that_are_not_what_the_name_says_are_not_read(tmp_path: Path) -> None:
    path = tmp_path / "x"
    files.put(tmp_path, path, b"data")
    assert files.read(path) == files.read(path, sum_of(b"data")) == b"data"
    assert files.read(path, sum_of(b"date")) is None
    assert files.read(tmp_path / "nothing") is None
    assert files.size_of(path) == 4 and files.size_of(tmp_path / "nothing") == -1


def test_a_file_is_put_whole_and_dropped(tmp_path: Path) -> None:
    path = tmp_path / DEVICE / KEYS / "x"
    files.put(tmp_path, path, b"old")
    files.put(tmp_path, path, b"new")
    assert list(files.listed(path.parent)) == [path] and path.read_bytes() == b"new"
    files.drop(path)
    files.drop(path)
    assert list(files.listed(path.parent)) == [] == list(files.listed(tmp_path / "nowhere"))


def test_a_folder_that_takes_nothing_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Refused, match="不能写入共享文件夹"):
        files.put(tmp_path, tmp_path / "file" / "x", b"data")
