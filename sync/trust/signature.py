"""Signature: who can sign, and whether a signature is right (Ed25519, RFC 8032). Pure.

`cryptography` is imported at the first signature, never at the start of the program.
"""

from __future__ import annotations

from typing import Protocol


class Signer(Protocol):
    """A device's key, to sign with."""

    @property
    def id(self) -> str:
        """The device's id."""

    @property
    def public(self) -> bytes:
        """The public key, 32 bytes."""

    def sign(self, data: bytes) -> bytes:
        """The signature, 64 bytes."""


def signed(public: bytes, data: bytes, signature: bytes) -> bool:
    """Whether the owner of a public key signed these bytes; False for bytes of a wrong length."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True
