"""Certificates: the hub's own certificate authority and the certificate that it serves with.

A device trusts this authority alone (`sync.transport.http.certificates`). Keys are P-256, which
every TLS 1.3 implementation has; files are the owner's only.
"""

from __future__ import annotations

import ipaddress
import ssl
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from models.storage.atomic_file import held, write_whole
from models.text.words import Refused, W

AUTHORITY, AUTHORITY_KEY = "hub-authority.pem", "hub-authority.key"
SERVER, SERVER_KEY = "hub-server.pem", "hub-server.key"
LOOPBACK = ("localhost", "127.0.0.1", "::1")
YEARS = 20
SERVER_DAYS = 820
WARN_DAYS = 60
"""Days before its end from which on the certificate is to be renewed."""
DAY = timedelta(days=1)

NO_CERTS = W(
    "{path} 中没有同步服务器的证书。请先运行 sitebook hub init。",
    "There are no certificates of a hub in {path}. Run sitebook hub init first.",
)
BAD_NAME = W(
    "“{name}”不是主机名或地址。例：hub.example.com 或 192.168.1.10。",
    "'{name}' is no host name or address. Examples: hub.example.com or 192.168.1.10.",
)


def make(home: Path, names: Sequence[str]) -> None:
    """Make the authority if there is none, and a server certificate for these names."""
    with held(home):
        if not (home / AUTHORITY).exists():
            key, cert = _authority()
            write_whole(home / AUTHORITY_KEY, _pem_key(key))
            write_whole(home / AUTHORITY, _pem(cert))
        key, cert = _server(home, [*LOOPBACK, *names])
        write_whole(home / SERVER_KEY, _pem_key(key))
        write_whole(home / SERVER, _pem(cert))


def check(names: Sequence[str]) -> None:
    """Raise `Refused` for what is no host name or address."""
    for name in names:
        _alternative(name)


def authority(home: Path) -> str:
    """The authority's certificate, PEM."""
    try:
        return (home / AUTHORITY).read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        raise Refused(NO_CERTS, path=home) from None


def names(home: Path) -> list[str]:
    """The names that the server certificate is for."""
    from cryptography import x509

    try:
        cert = x509.load_pem_x509_certificate((home / SERVER).read_bytes())
    except (OSError, ValueError):
        raise Refused(NO_CERTS, path=home) from None
    some = cert.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    addresses = [str(one) for one in some.get_values_for_type(x509.IPAddress)]
    return [*some.get_values_for_type(x509.DNSName), *addresses]


def ends(home: Path) -> datetime | None:
    """When the server certificate ends (UTC); None where there is none."""
    from cryptography import x509

    try:
        return x509.load_pem_x509_certificate((home / SERVER).read_bytes()).not_valid_after_utc
    except (OSError, ValueError):
        return None


def days_left(end: datetime) -> int:
    """Whole days until then, at least 0."""
    return max(0, (end - datetime.now(UTC)).days)


def ending(end: datetime) -> bool:
    """Whether it is time to renew the certificate."""
    return end - datetime.now(UTC) < WARN_DAYS * DAY


def serving(home: Path) -> ssl.SSLContext:
    """What the hub serves with: TLS 1.3 and nothing older."""
    if not (home / SERVER).exists():
        raise Refused(NO_CERTS, path=home)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.load_cert_chain(home / SERVER, home / SERVER_KEY)
    return context


def _authority() -> tuple[Any, Any]:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes

    key, name = _key(), _named("sitebook hub authority")
    now = datetime.now(UTC)
    usage = _usage(key_cert_sign=True, crl_sign=True)
    cert = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - 3650 * DAY)  # devices' clocks may be years behind
        .not_valid_after(now + YEARS * 365 * DAY)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return key, cert


def _server(home: Path, some: Sequence[str]) -> tuple[Any, Any]:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.x509.oid import ExtendedKeyUsageOID

    issuer = x509.load_pem_x509_certificate((home / AUTHORITY).read_bytes())
    signer: Any = serialization.load_pem_private_key((home / AUTHORITY_KEY).read_bytes(), None)
    key, now = _key(), datetime.now(UTC)
    known = x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key())
    alternative = x509.SubjectAlternativeName([_alternative(one) for one in dict.fromkeys(some)])
    builder = x509.CertificateBuilder(
        issuer.subject, _named("sitebook hub"), key.public_key(), x509.random_serial_number()
    )
    cert = (
        builder.not_valid_before(now - 3650 * DAY)
        .not_valid_after(now + SERVER_DAYS * DAY)
        .add_extension(alternative, critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(digital_signature=True), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(known, critical=False)
        .sign(signer, hashes.SHA256())
    )
    return key, cert


def _alternative(name: str) -> Any:
    from cryptography import x509

    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        pass
    try:
        if not name or not all(char.isalnum() or char in ".-" for char in name):
            raise ValueError(name)
        return x509.DNSName(name.encode("idna").decode("ascii"))
    except (ValueError, UnicodeError):
        raise Refused(BAD_NAME, name=name) from None


def _key() -> Any:
    from cryptography.hazmat.primitives.asymmetric import ec

    return ec.generate_private_key(ec.SECP256R1())


def _named(text: str) -> Any:
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _usage(**said: bool) -> Any:
    from cryptography import x509

    none = dict.fromkeys(
        (
            "digital_signature", "content_commitment", "key_encipherment", "data_encipherment",
            "key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
        ),
        False,
    )  # fmt: skip
    return x509.KeyUsage(**{**none, **said})


def _pem(cert: Any) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding

    return bytes(cert.public_bytes(Encoding.PEM))


def _pem_key(key: Any) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    return bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
