"""Attached files at the hub: they come in pieces and are whole when the checksum is right."""

from __future__ import annotations

import hashlib
from typing import Any
from urllib.parse import quote

import pytest

from tests.sync.hub.devices import Asker, Organisation
from tests.sync.hub.running import Running
from tests.sync.hub.test_hub import refused


class Uploads:
    """One device brings pieces of files to the space of its project."""

    def __init__(self, asker: Asker, space: str) -> None:
        self.asker, self.space = asker, f"space={quote(space, safe='')}"

    def put(self, data: bytes, start: int, size: int, sha: str) -> Any:
        """One piece."""
        query = f"{self.space}&sha256={sha}&start={start}&size={size}"
        return self.asker("PUT", "/v1/file", data, query=query)

    def there(self) -> Any:
        """What the hub says to have."""
        return self.asker("GET", "/v1/files", query=self.space).json()

    def get(self, sha: str, start: int = 0) -> Any:
        """The bytes from a place on."""
        return self.asker("GET", "/v1/file", query=f"sha256={sha}&start={start}")


@pytest.fixture
def uploads(asker: Asker, organisation: Organisation) -> Uploads:
    """The first device."""
    return Uploads(asker, organisation.devices[0].space)


def sum_of(data: bytes) -> str:
    """The checksum by which a file is asked for."""
    return hashlib.sha256(data).hexdigest()


def test_files_keep_to_what_was_declared(
    hub: Running, organisation: Organisation, asker: Asker
) -> None:
    space = f"space=p%3A{organisation.devices[0].project}"
    sha = "ab" * 32

    def put(body: bytes, start: int, size: int, sum: str = sha) -> Any:
        query = f"{space}&sha256={sum}&start={start}&size={size}"
        return asker("PUT", "/v1/file", body, query=query)

    refused(put(b"x", 0, 1 << 40), 413, "too-large")
    refused(put(bytes((1 << 20) + 1), 0, 2 << 20), 413, "too-large")
    refused(put(b"xyz", 0, 2), 400, "malformed")
    refused(put(b"x", 0, 1, "../../etc/passwd"), 400, "malformed")
    assert put(b"xy", 0, 2).json()["held"] == 0  # not the bytes of that checksum
    refused(asker("GET", "/v1/file", query=f"sha256={sha}&start=0"), 404, "not-there")


def test_pieces_that_follow_each_other_are_a_file(uploads: Uploads) -> None:
    data = b"the first piece, the second"
    sha = sum_of(data)
    assert uploads.put(data[:10], 0, len(data), sha).json()["held"] == 10
    assert uploads.there()["begun"][sha] == 10
    refused(uploads.get(sha), 404, "not-there")
    assert uploads.put(data[10:], 10, len(data), sha).json()["held"] == len(data)
    there = uploads.there()
    assert there["files"][sha] == len(data) and sha not in there["begun"]
    assert uploads.get(sha).content == data[:10]
    assert uploads.get(sha, 4).content == data[4:10]
    assert uploads.get(sha, 10).content == data[10:]
    assert uploads.get(sha, len(data)).content == b""


def test_a_piece_in_another_place_changes_nothing_and_says_where_to_go_on(
    uploads: Uploads,
) -> None:
    data = b"in the right order"
    sha = sum_of(data)
    assert uploads.put(data[5:], 5, len(data), sha).json()["held"] == 0
    assert uploads.put(data[:5], 0, len(data), sha).json()["held"] == 5
    assert uploads.put(data[:5], 0, len(data), sha).json()["held"] == 5
    assert uploads.put(data[5:], 5, len(data), sha).json()["held"] == len(data)
    assert uploads.put(b"more", 0, len(data), sha).json()["held"] == len(data)
    assert uploads.get(sha, 5).content == data[5:]


def test_another_size_begins_anew(uploads: Uploads) -> None:
    data = b"as long as it is"
    sha = sum_of(data)
    assert uploads.put(data[:4], 0, len(data) + 1, sha).json()["held"] == 4
    assert uploads.put(data[:6], 0, len(data), sha).json()["held"] == 6
    assert uploads.put(data[6:], 6, len(data), sha).json()["held"] == len(data)
    assert uploads.get(sha, 6).content == data[6:]


def test_wrong_bytes_are_thrown_away_and_may_come_again(uploads: Uploads) -> None:
    data = b"these very bytes"
    sha = sum_of(data)
    assert uploads.put(data[::-1], 0, len(data), sha).json()["held"] == 0
    assert sha not in uploads.there()["files"]
    assert uploads.put(data, 0, len(data), sha).json()["held"] == len(data)
    assert uploads.get(sha).content == data


def test_nobody_changes_what_another_device_has_begun(
    hub: Running, organisation: Organisation, uploads: Uploads
) -> None:
    data = b"given by one, while another lies"
    sha, size = sum_of(data), len(data)
    assert uploads.put(data[:10], 0, size, sha).json()["held"] == 10
    with hub.asker(organisation.devices[1].key) as asker:
        other = Uploads(asker, organisation.devices[1].space)
        assert sha not in other.there()["begun"]
        for wrong in (size + 1, size):  # another size, and bytes that are not those
            assert other.put(b"x" * 10, 0, wrong, sha).json()["held"] == 10
        assert other.there()["begun"][sha] == uploads.there()["begun"][sha] == 10
        assert uploads.put(data[10:], 10, size, sha).json()["held"] == size
        for one in (other, uploads):
            there = one.there()
            assert there["files"][sha] == size and sha not in there["begun"]
        assert other.put(b"x" * 22, 10, size, sha).json()["held"] == size  # it is whole already
        assert other.get(sha).content + other.get(sha, 10).content == data
    pieces, kept = hub.house.base.t.Piece, hub.house.base.t.Kept
    assert pieces.select().where(pieces.sha256 == sha).count() == 2
    assert kept.select().where(kept.sha256 == sha).count() == 1
