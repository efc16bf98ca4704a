"""Lacking: what is said of a document that is missing or out of date."""

from __future__ import annotations

from collections.abc import Sequence

from models.records.completion.archive.holdings import STANDINGS, ArchiveEntry, Holdings
from models.text.words import Refused, W, listed

LACKS = W("{standing}“{name}”{detail}", "{standing}: “{name}”{detail}")
IN_BRACKETS = W("（{detail}）", " ({detail})")
WHY = W("{numbers} {why}", "{numbers} {why}")
MORE = W("另有 {n} 项", "{n} more")
NOT_COMPLETE = W(
    "“{project}”还不能归档：{lacking}。请在项目归档页按 Enter 补上，确不需要的注明原因。",
    "“{project}” cannot be filed yet: {lacking}. Enter on a line of the archive page adds it; what"
    " is not needed says why.",
)
MOST = 5
"""Documents that a sentence names; the others are counted."""
NAMED = 3
"""Records or quarters of one document that are named."""


def require_complete(found: Holdings) -> None:
    """Raise `Refused` while a document is missing or out of date."""
    every = found.lacking()
    if every:
        lacking = some([said(LACKS, one) for one in every], MOST)
        raise Refused(NOT_COMPLETE, project=found.project.title(), lacking=lacking)


def said(word: W, one: ArchiveEntry) -> W:
    """What is lacking of a document: its name, and the quarters or records."""
    standing, name, more = STANDINGS[one.standing], one.paper.name, detail(one)
    zh = IN_BRACKETS.zh.format(detail=more.zh) if more.zh else ""
    en = IN_BRACKETS.en.format(detail=more.en) if more.en else ""
    return W(
        word.zh.format(standing=standing.zh, name=name.zh, detail=zh),
        word.en.format(standing=standing.en, name=name.en, detail=en),
    )


def detail(one: ArchiveEntry) -> W:
    """The quarters or records that are lacking; empty where there is no more to say."""
    if one.periods:
        return some([W(text, text) for text in one.periods])
    if not one.pending:
        return W("", "")
    numbers, why = some([W(it.number, it.number) for it in one.pending]), one.why
    if not why.zh:
        return numbers
    return W(
        WHY.zh.format(numbers=numbers.zh, why=why.zh), WHY.en.format(numbers=numbers.en, why=why.en)
    )


def some(names: Sequence[W], most: int = NAMED) -> W:
    """The first of some names, the others counted."""
    rest = len(names) - most
    more = [W(*(half.format(n=rest) for half in MORE))] if rest > 0 else []
    return listed([*names[:most], *more])
