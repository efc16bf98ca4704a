"""Certificates: what a device trusts of a hub: the authority that its code or join file names.

No public authority can vouch for another machine, so a device holds only the hub's own
(`sync.hub.certificates`).
"""

from __future__ import annotations

import hashlib
import ssl


def fingerprint(pem: str) -> bytes:
    """The SHA-256 of a certificate; ValueError for none."""
    return hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem)).digest()


def trusting(pem: str) -> ssl.SSLContext:
    """What a device calls the hub with: this authority only."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.load_verify_locations(cadata=pem)
    return context


def blindly() -> ssl.SSLContext:
    """What a device asks for an authority with, which it then compares with its code."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
