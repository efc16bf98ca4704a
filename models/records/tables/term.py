"""Terms: the words of a vocabulary, in order, some of them kinds of others."""

from __future__ import annotations

from models.records.tables.table_life import KEEPERS
from models.schema.fields import count, flag, line, link
from models.schema.kind import Kind
from models.schema.record import Record
from models.text.words import W


class Term(Record):
    """A word of a vocabulary; its code is what records hold, and stays the same for ever."""

    kind = Kind(
        name="term",
        label=W("词条", "Term"),
        code="VT",
        space="company",
        project="none",
        title="word_zh",
        columns=("word_zh", "word_en", "code", "above", "retired"),
        parent="vocabulary",
        key=("vocabulary", "code"),
        order="position",
        writers=KEEPERS,
        menu=0,
    )

    vocabulary = link("词表", "Vocabulary", "vocabulary", required=True)
    code = line(
        "代码",
        "Code",
        max=40,
        required=True,
        at_birth=True,
        hint=W("字母、数字、- 和 _；以后不能改", "letters, digits, - and _; never changes"),
    )
    word_zh = line("中文", "Chinese", max=60, required=True)
    word_en = line("英文", "English", max=60, required=True)
    above = line("上级代码", "Code above", max=40)
    retired = flag("停用", "Retired")
    position = count("次序", "Position")
