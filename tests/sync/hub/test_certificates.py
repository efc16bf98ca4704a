"""Certificates: the hub's authority is made once, its own certificate for every name again."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest

from models.text.words import Refused
from sync.hub import certificates
from sync.hub.certificates import BAD_NAME, LOOPBACK, NO_CERTS
from sync.transport.http.certificates import trusting


def test_the_authority_stays_when_the_names_change(tmp_path: Path) -> None:
    certificates.make(tmp_path, [])
    pem = certificates.authority(tmp_path)
    assert set(certificates.names(tmp_path)) == set(LOOPBACK)
    certificates.make(tmp_path, ["hub.example.com", "192.168.1.10", "hub.example.com"])
    assert certificates.authority(tmp_path) == pem
    assert set(certificates.names(tmp_path)) == {*LOOPBACK, "hub.example.com", "192.168.1.10"}


def test_public_authorities_vouch_for_nothing(tmp_path: Path) -> None:
    certificates.make(tmp_path, [])
    context = trusting(certificates.authority(tmp_path))
    assert len(context.get_ca_certs()) == 1
    assert context.verify_mode == ssl.CERT_REQUIRED and context.check_hostname
    assert certificates.serving(tmp_path).minimum_version is ssl.TLSVersion.TLSv1_3


def test_keys_are_the_owners_only(tmp_path: Path) -> None:
    certificates.make(tmp_path, [])
    for name in (certificates.AUTHORITY_KEY, certificates.SERVER_KEY):
        assert (tmp_path / name).stat().st_mode & 0o077 == 0


def test_its_end_is_known_sixty_days_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert certificates.ends(tmp_path) is None
    for days, soon in ((certificates.WARN_DAYS + 1, False), (certificates.WARN_DAYS, True)):
        monkeypatch.setattr(certificates, "SERVER_DAYS", days)
        certificates.make(tmp_path, [])
        end = certificates.ends(tmp_path)
        assert end is not None and certificates.ending(end) is soon
        assert certificates.days_left(end) == days - 1


@pytest.mark.parametrize("name", ["", "a b", "hub/x", "hub:80", "*", "x" * 300])
def test_what_is_no_host_name_is_refused(name: str) -> None:
    with pytest.raises(Refused) as caught:
        certificates.check(["hub.example.com", name])
    assert caught.value.word is BAD_NAME


def test_names_of_any_script_and_addresses_are_taken() -> None:
    certificates.check(["hub.example.com", "192.168.1.10", "::1", "现场.example"])


def test_a_folder_without_certificates_says_what_to_do(tmp_path: Path) -> None:
    for ask in (certificates.authority, certificates.names, certificates.serving):
        with pytest.raises(Refused) as caught:
            ask(tmp_path)
        assert caught.value.word is NO_CERTS
    (tmp_path / certificates.SERVER).write_bytes(b"\xff")
    (tmp_path / certificates.AUTHORITY).write_bytes(b"\xff")
    for ask in (certificates.authority, certificates.names):
        with pytest.raises(Refused):
            ask(tmp_path)
