"""Terms of a version: what they must be before it is put to use, and what a draft begins with."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from models.book.tables import vocabularies
from models.records.tables import table_life
from models.schema.record import Record
from models.text.words import Refused, W

if TYPE_CHECKING:
    from models.book.book import Book

CODE = re.compile("[a-z0-9][a-z0-9_-]{0,39}")
BAD_CODE = W(
    "“{code}”不能作代码。请用小写字母、数字、- 和 _，例如 power_supply。",
    "“{code}” cannot be a code. Use small letters, digits, - and _, such as power_supply.",
)
NO_ABOVE = W(
    "“{term}”的上级代码“{above}”不在词表中。请改正，或先加上它。",
    "The code “{above}” above “{term}” is not in the vocabulary. Correct it, or add that one.",
)
RING = W(
    "“{term}”成了自己的上级。请改正上级代码。",
    "“{term}” is above itself. Correct the codes above.",
)
LOST = W(
    "缺少已使用的词条：{terms}。词条不能删除；请恢复它们并标为停用。",
    "Terms in use are missing: {terms}. None can be deleted; bring them back and retire them.",
)
KEEP = W(
    "“{term}”已在使用的版本中，不能作废。请改为停用。",
    "“{term}” is in the version in use and cannot be voided. Retire it instead.",
)
NONE = W("至少要有一个未停用的词条。", "At least one term must not be retired.")


def shipped(book: Book, subject: str) -> tuple[Mapping[str, Any], ...]:
    """The terms in force as the rows of a new draft."""
    return tuple(
        {
            "code": one.name,
            "word_zh": one.label.zh,
            "word_en": one.label.en,
            "above": one.above or None,
            "retired": one.retired or None,
        }
        for one in vocabularies.terms(book.store, subject)
    )


def check_code(values: Mapping[str, Any]) -> None:
    """Raise `Refused` for a code that could not be stored in a list or typed in a command."""
    code = values.get("code")
    if code is not None and not CODE.fullmatch(str(code)):
        raise Refused(BAD_CODE, code=code)


def may_be_used(book: Book, record: Record) -> None:
    """Raise `Refused` unless the terms are a tree, and none that was in use is missing."""
    found = table_life.rows_of(book, record)
    by_code = {str(getattr(one, "code", "")): one for one in found}
    lost = [one for one in _in_use(book, record) if one.name not in by_code]
    if lost:
        raise Refused(LOST, terms="、".join(f"{one.label} ({one.name})" for one in lost))
    if all(getattr(one, "retired", None) for one in found):
        raise Refused(NONE)
    for one in found:
        _climb(by_code, one)


def may_be_voided(book: Book, term: Record) -> None:
    """Raise `Refused` for a term that is in the version in use."""
    values = term.values()
    above, code = book.find(str(values["vocabulary"])), values["code"]
    if above is not None and any(one.name == code for one in _in_use(book, above)):
        raise Refused(KEEP, term=term.title())


def _in_use(book: Book, record: Record) -> Sequence[Any]:
    return vocabularies.terms(book.store, str(record.values()["subject"]))


def _climb(by_code: Mapping[str, Record], term: Record) -> None:
    met, one = set[str](), term
    while above := one.values()["above"]:
        if above not in by_code:
            raise Refused(NO_ABOVE, term=one.title(), above=above)
        one = by_code[above]
        if above in met:
            raise Refused(RING, term=one.title())
        met.add(above)
