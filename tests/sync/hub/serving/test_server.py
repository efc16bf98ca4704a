"""The server listens where it is safe: on this computer, or with a certificate for the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.text.words import Refused
from sync.hub import certificates
from sync.hub.serving.server import server
from tests.sync.hub.running import Running


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "hub.example.com"])
def test_the_world_only_with_a_certificate_for_it(tmp_path: Path, host: str) -> None:
    with Running(tmp_path / "hub") as running:
        with pytest.raises(Refused, match="hub init --host"):
            server(running.house, host, 1)
        with pytest.raises(Refused, match="只允许在本机"):
            server(running.house, host, 1, plain=True)
        certificates.make(running.home, ["hub.example.com"])
        one = server(running.house, host, 1)
        one.config.app.state.desk.close()


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.8.9.1"])
@pytest.mark.parametrize("plain", [True, False])
def test_this_computer_always(tmp_path: Path, host: str, plain: bool) -> None:
    with Running(tmp_path / "hub") as running:
        one = server(running.house, host, 1, plain=plain)
        assert (one.config.host, one.config.port) == (host, 1)
        assert (one.config.ssl_context_factory is None) == plain
        one.config.app.state.desk.close()


def test_it_says_nothing_of_itself_and_bounds_what_it_reads(tmp_path: Path) -> None:
    with Running(tmp_path / "hub") as running:
        config = running.server.config
        assert not config.server_header and not config.access_log and not config.proxy_headers
        assert config.h11_max_incomplete_event_size == 32 << 10
