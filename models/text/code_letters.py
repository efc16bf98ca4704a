"""Code letters: numbers as people print, read out and type them: base 32 without letters that look
like digits, in groups of five. Pure.
"""

from __future__ import annotations

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LIKE = str.maketrans("OILU", "011V")
GROUP = 5
MOST = 500
"""Most letters that are read."""


def spelt(number: int, size: int) -> str:
    """A number in so many letters."""
    text = "".join(ALPHABET[number >> (5 * at) & 31] for at in reversed(range(size)))
    return "-".join(text[at : at + GROUP] for at in range(0, len(text), GROUP))


def letters(text: str) -> str:
    """What was typed, without spaces, hyphens and what looks alike."""
    return "".join(char for char in text.upper().translate(LIKE) if char.isalnum())


def number(text: str) -> int:
    """The number again. Raises ValueError for another letter, or for no possible length."""
    plain, found = letters(text), 0
    if not 0 < len(plain) <= MOST:
        raise ValueError("of no possible length")
    for char in plain:
        found = found << 5 | ALPHABET.index(char)
    return found
