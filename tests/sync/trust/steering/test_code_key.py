"""Code keys: the same secret is the same key, and each use has keys of its own."""

from __future__ import annotations

from sync.trust.signature import signed
from sync.trust.steering import code_key
from sync.trust.steering.steering import RECOVERY


def test_a_secret_is_one_key_for_each_use() -> None:
    one, again = code_key.of_code(b"secret"), code_key.of_code(b"secret")
    assert one.public == again.public != code_key.of_code(b"other").public
    paper = code_key.of_recovery(b"secret")
    assert paper.public != one.public and paper.id == RECOVERY


def test_what_is_asked_binds_every_part() -> None:
    key, parts = code_key.of_code(b"secret"), ["o", "i", "d", "k", "名"]
    proof = key.sign(code_key.asked(*parts))
    assert signed(key.public, code_key.asked(*parts), proof)
    for at in range(len(parts)):
        other = [*parts[:at], "x", *parts[at + 1 :]]
        assert not signed(key.public, code_key.asked(*other), proof)
