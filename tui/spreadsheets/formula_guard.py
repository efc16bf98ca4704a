"""Formulas: text that a spreadsheet would take for one, made harmless in files of text.

A cell that begins with one of these characters is run as a formula when a .csv is opened, so a
single quote goes before it; reading a list of ours takes it away again.
"""

from __future__ import annotations

import re

_RISKY = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def protect(text: str) -> str:
    """The text with a quote before it where it would be run."""
    return f"'{text}" if _RISKY.match(text) else text


def unprotect(text: str) -> str:
    """The text that `protect` was given."""
    return text[1:] if text.startswith("'") and _RISKY.match(text) else text
