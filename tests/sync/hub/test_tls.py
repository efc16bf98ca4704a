"""TLS: devices hold the hub's own authority and no other; nothing is said to anybody else."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.text.words import Refused
from sync.hub import certificates
from sync.organisation import hub_enrolment
from sync.transport.http.client import Wire
from sync.workspace import hub_address
from tests.support.replicas import Team
from tests.sync.hub.running import Running, meet


class Between:
    """Somebody in between, with a certificate of an authority of their own."""

    def __init__(self, home: Path, version: ssl.TLSVersion = ssl.TLSVersion.TLSv1_3) -> None:
        home.mkdir()
        certificates.make(home, [])
        self.context = certificates.serving(home)
        self.context.minimum_version = self.context.maximum_version = version
        self.heard = b""
        self.calls = 0
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = int(self.socket.getsockname()[1])
        self.thread = threading.Thread(target=self._listen, daemon=True)
        self.thread.start()

    def _listen(self) -> None:
        while True:
            try:
                plain, _ = self.socket.accept()
            except OSError:
                return
            self.calls += 1
            plain.settimeout(5)
            try:
                with self.context.wrap_socket(plain, server_side=True) as line:
                    self.heard += line.recv(65536)
            except (OSError, ValueError):
                plain.close()

    def close(self) -> None:
        """Go away."""
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        self.thread.join(5)


@pytest.fixture
def between(tmp_path: Path) -> Iterator[Between]:
    one = Between(tmp_path / "between")
    yield one
    one.close()


def test_nothing_is_said_to_somebody_in_between(
    team: Team, tmp_path: Path, between: Between
) -> None:
    with Running(tmp_path / "hub") as running:
        running.found(team.founder)
        assert meet(team.founder).done
    known = hub_address.load(team.founder.home)
    assert known is not None
    team.fix(team.founder)
    hub_address.save(team.founder.home, known._replace(url=f"https://127.0.0.1:{between.port}"))
    with pytest.raises(Refused, match="不是本机加入的同步服务器，没有给出任何内容"):
        meet(team.founder)
    assert between.calls >= 1 and between.heard == b""


def test_an_older_tls_is_not_spoken(team: Team, tmp_path: Path) -> None:
    old = Between(tmp_path / "old", ssl.TLSVersion.TLSv1_2)
    pem = certificates.authority(tmp_path / "old")
    with Wire(f"https://127.0.0.1:{old.port}", pem) as wire, pytest.raises(Refused):
        wire.hello()
    old.close()
    assert old.heard == b""


def test_a_certificate_for_another_name(tmp_path: Path) -> None:
    with Running(tmp_path / "hub") as running:
        pem = certificates.authority(running.home)
        url = f"https://127.0.0.2:{running.port}"
        with Wire(url, pem) as wire, pytest.raises(Refused, match=r"127\.0\.0\.2"):
            wire.hello()
        certificates.make(running.home, ["127.0.0.2", "hub.example.com"])
        assert {"127.0.0.2", "hub.example.com", "localhost"} <= set(
            certificates.names(running.home)
        )
        assert certificates.authority(running.home) == pem  # devices go on trusting it
        context = certificates.serving(running.home)
        assert context.minimum_version == ssl.TLSVersion.TLSv1_3


def test_a_code_is_not_given_to_somebody_in_between(tmp_path: Path, between: Between) -> None:
    """Whoever answers at the code's address is asked for the authority, and told nothing."""
    home = tmp_path / "new"
    home.mkdir()
    with Running(tmp_path / "hub") as running:
        code = running.code(founding=True)._replace(port=between.port)
        with pytest.raises(Refused):
            hub_enrolment.come(home, code, "乙")
    assert b"GET /v1/authority" in between.heard
    assert code.secret.hex().encode() not in between.heard and b"POST" not in between.heard
