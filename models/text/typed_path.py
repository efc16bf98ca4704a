"""A path as people type, paste or drag it."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote


def path_of(typed: str) -> Path:
    """The path that was typed: quoted, as a URL, with escaped spaces, from ~."""
    text = typed.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1]
    elif text.startswith("file://"):
        text = unquote(text.removeprefix("file://"))
    elif "\\ " in text:
        text = text.replace("\\ ", " ")
    return Path(text).expanduser()
