"""Samples: what of many accounts, permits or parts is looked at in a check."""

from __future__ import annotations

from models.schema.fields import count, line, link, prose
from models.schema.kind import Kind
from models.schema.record import Record
from models.text.words import W


class CheckSample(Record):
    """A sample 抽样 of a checklist, drawn by the rule of its template as it is written.

    The seed follows from sheet, population and size (`models.derived.draws`), so that anybody draws
    the same again; nothing of it changes. Clause: 5.1.2.
    """

    kind = Kind(
        name="check_sample",
        label=W("抽样", "Sample"),
        code="CJ",
        row="Q-512",
        clause="5.1.2",
        title="subject",
        columns=("subject", "size", "drawn"),
        parent="sheet",
        menu=0,
    )

    sheet = link("检查表", "Sheet", "sheet", required=True, at_birth=True)
    subject = line(
        "抽样对象",
        "Of what",
        required=True,
        at_birth=True,
        hint=W("例如：普通帐号", "for example: ordinary accounts"),
    )
    population = prose(
        "总体",
        "Population",
        required=True,
        at_birth=True,
        hint=W("每行一个，全部列出", "all of them, one a line"),
    )
    size = count("样本数", "Size", low="0", computed=True, at_birth=True)
    seed = line("种子", "Seed", computed=True, at_birth=True)
    drawn = prose("抽中", "Drawn", computed=True, at_birth=True)
