"""Joined text: one text with what several people added to the same one, each unseen of the others.

It is offered only where everybody only added: every line of the text that they began with is there
still, in its order, whole, with or without words before or after it. Where somebody deleted or
changed something there is none: then a person decides. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence

from models.frozen import NamedTuple


class _Additions(NamedTuple):
    """What one text has beyond the lines that it began with."""

    between: tuple[tuple[str, ...], ...]
    """New lines before each of the first lines, and after the last."""
    around: tuple[tuple[str, str], ...]
    """Words before and after each of the first lines, in that line."""


def joined_text(base: str, texts: Sequence[str], between: str = "\n") -> str | None:
    """The first text with all that was added to it, in the order of the texts; None where a text
    does more than add.

    Equal additions come once. `between` stands between additions to a text that had only one line
    or none, where they are lines of their own.
    """
    lines = base.split("\n") if base else []
    found = [_additions(lines, text.split("\n") if text else []) for text in texts]
    known = [one for one in found if one is not None]
    if len(known) < len(found):
        return None
    made: list[str] = []
    for at in range(len(lines) + 1):
        blocks = dict.fromkeys(one.between[at] for one in known if one.between[at])
        made += [line for block in blocks for line in block]
        if at < len(lines):
            before = dict.fromkeys(one.around[at][0] for one in known)
            after = dict.fromkeys(one.around[at][1] for one in known)
            made.append("".join((*before, lines[at], *after)))
    return (between if "\n" not in base else "\n").join(made)


def _additions(base: Sequence[str], text: Sequence[str]) -> _Additions | None:
    """What a text adds to these lines, or None where a line of them is not whole in it."""
    places = _places(base, text)
    if places is None:
        return None
    between, around, last = [], [], 0
    for line, at in zip(base, places, strict=True):
        between.append(tuple(text[last:at]))
        before, _, after = text[at].partition(line) if line else ("", "", "")
        around.append((before, after))
        last = at + 1
    return _Additions((*between, tuple(text[last:])), tuple(around))


def _places(base: Sequence[str], text: Sequence[str]) -> list[int] | None:
    """For each line the line of the text that holds it, in order; equal ones where there are."""
    found: list[int] = []
    for count, line in enumerate(base):
        start = found[-1] + 1 if found else 0
        room = range(start, len(text) - (len(base) - count - 1))
        fitting = [at for at in room if _holds(text[at], line)]
        rest = base[count + 1 :]
        fitting = [at for at in fitting if _leads(rest, text[at + 1 :])]
        if not fitting:
            return None
        equal = (at for at in fitting if text[at] == line)
        found.append(next(equal, fitting[0]))
    return found


def _leads(base: Sequence[str], text: Sequence[str]) -> bool:
    """Whether all these lines are in the text, in their order."""
    left = iter(text)
    return all(any(_holds(one, line) for one in left) for line in base)


def _holds(text: str, line: str) -> bool:
    """Whether a line is whole in another one; an empty one only as itself."""
    return line in text if line else not text
