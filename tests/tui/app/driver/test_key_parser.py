"""Keys of the Kitty protocol, with all that it allows and with nonsense."""

from __future__ import annotations

import pytest
from textual.events import Key

from tui.app.driver.key_parser import KeyParser

KEYS = {
    "\x1b[97u": [("a", "a")],
    "\x1b[97;1:1u": [("a", "a")],
    "\x1b[97;1:2u": [("a", "a")],
    "\x1b[97;1:3u": [],
    "\x1b[97;1:3;97u": [],
    "\x1b[97:65:97;2u": [("A", "A")],
    "\x1b[97:65;2;65u": [("A", "A")],
    "\x1b[97::97;5u": [("ctrl+a", None)],
    "\x1b[1;1:1A": [("up", None)],
    "\x1b[1;1:3A": [],
    "\x1b[3;1:3~": [],
    "\x1b[3;5~": [("ctrl+delete", None)],
    "\x1b[A": [("up", None)],
    "\x1b[0;;39118u": [("风", "风")],
    "\x1b[1114112u": [],
    "\x1b[9999999999u": [],
    "\x1b[97;;1114112u": [],
    "\x1b[55296u": [],
    "\x1b[97;;55296u": [],
    "\x1b[97;99999u": [],
}


@pytest.mark.parametrize("sequence", KEYS, ids=repr)
def test_keys(sequence: str) -> None:
    parser = KeyParser()
    keys = [one for one in parser.feed(sequence) if isinstance(one, Key)]
    assert [(key.key, key.character) for key in keys] == KEYS[sequence]
    assert [one.key for one in parser.feed("x") if isinstance(one, Key)] == ["x"]
