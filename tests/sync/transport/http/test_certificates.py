"""Certificates: a device trusts one authority, and speaks nothing older than TLS 1.3."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest

from sync.hub import certificates as hub
from sync.transport.http.certificates import blindly, fingerprint, trusting


def test_a_device_trusts_the_named_authority_and_no_other(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    hub.make(tmp_path / "one", [])
    pem = hub.authority(tmp_path / "one")
    context = trusting(pem)
    assert [one["subject"] for one in context.get_ca_certs()] != []
    assert len(context.get_ca_certs()) == 1
    assert context.verify_mode is ssl.CERT_REQUIRED and context.check_hostname
    assert context.minimum_version is ssl.TLSVersion.TLSv1_3


def test_whoever_is_asked_for_an_authority_is_not_trusted_with_anything_older() -> None:
    context = blindly()
    assert context.verify_mode is ssl.CERT_NONE and not context.check_hostname
    assert context.minimum_version is ssl.TLSVersion.TLSv1_3


def test_a_fingerprint_is_of_one_certificate(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        hub.make(tmp_path / name, [])
    one, two = (hub.authority(tmp_path / name) for name in ("one", "two"))
    assert fingerprint(one) == fingerprint(one + "\n") != fingerprint(two)
    assert len(fingerprint(one)) == 32


@pytest.mark.parametrize("pem", ["", "no certificate", "-----BEGIN CERTIFICATE-----"])
def test_what_is_no_certificate_is_a_value_error(pem: str) -> None:
    with pytest.raises(ValueError):
        fingerprint(pem)
