"""Steps of a procedure, in order: who does what, in how many working days."""

from __future__ import annotations

from models.records.tables.table_life import KEEPERS
from models.schema.fields import choice, count, line, link, prose
from models.schema.kind import Kind
from models.schema.record import Record
from models.schema.roles import ROLES
from models.text.words import W


class ProcedureStepRow(Record):
    """A step of a version; its code stays the same in every version. Clause: 5.3.2(4), 5.5."""

    kind = Kind(
        name="procedure_step",
        label=W("流程步骤", "Procedure step"),
        code="PS",
        row="Q-532d",
        clause="5.3.2(4), 5.5",
        space="company",
        project="none",
        title="what_zh",
        columns=("what_zh", "who", "days", "stage", "code"),
        parent="procedure",
        key=("procedure", "code"),
        order="position",
        writers=KEEPERS,
        menu=0,
    )

    procedure = link("制度与流程", "Procedure", "procedure", required=True)
    code = line(
        "代码",
        "Code",
        max=40,
        required=True,
        at_birth=True,
        hint=W("字母、数字、- 和 _；以后不能改", "letters, digits, - and _; never changes"),
    )
    stage = line(
        "所属状态",
        "Due in state",
        max=40,
        hint=W(
            "记录处于此状态时要做这一步，如 received；空着则不计时限",
            "the state in which it is to be done, such as received; without one no time is counted",
        ),
    )
    who = choice("由谁做", "By whom", [(name, word.zh, word.en) for name, word in ROLES.items()])
    what_zh = line("做什么（中文）", "What (Chinese)", required=True)
    what_en = line("做什么（英文）", "What (English)", required=True)
    days = count("工作日", "Working days", low="0", high="365")
    text_zh = prose("要求（中文）", "How (Chinese)")
    text_en = prose("要求（英文）", "How (English)")
    position = count("次序", "Position")
