"""Service methods: the company's library of methods and procedures, versioned."""

from __future__ import annotations

from models.derived.revisions import SHOWN, revised
from models.schema.fields import choice, choices, count, line, link, prose
from models.schema.kind import Kind
from models.schema.lifecycle import Life, State, with_reason
from models.schema.lifecycles import review
from models.schema.record import Record
from models.schema.roles import AUTHOR, DEPARTMENT_MANAGER, ENGINEER, LEADS, QUALITY
from models.text.words import W

SERVICE_KINDS = (
    ("routine", "例行操作", "routine operation"),
    ("response", "响应支持", "response support"),
    ("improvement", "优化改善", "improvement"),
    ("survey", "调研评估", "survey and assessment"),
)
SORTS = (("method", "方法", "method"), ("procedure", "程序", "procedure"))
_APPROVED = State("in_use", W("启用", "in use"), tone="good", frozen=True)
_REVIEW = review(
    (DEPARTMENT_MANAGER, QUALITY),
    writers=(AUTHOR, *LEADS),
    accepted=_APPROVED,
    accept="approve",
    needs=("steps",),
).move("approve", label=W("批准启用", "Approve"))
_LIFE = _REVIEW + Life(
    (*SHOWN, State("retired", W("停用", "retired"), ended=True, frozen=True)),
    (with_reason("retire", W("停用", "Retire"), ("in_use",), "retired", LEADS),),
)


@revised(follows="follows", version="version", in_force=("in_use",))
class ServiceMethod(Record):
    """A method or procedure 方法和程序 as projects follow it. Clause: 4.1.3.

    A version in use never changes: a proposal names the version that was reviewed with it.
    """

    kind = Kind(
        name="service_method",
        label=W("方法与程序", "Method or procedure"),
        code="MT",
        row="Q-413",
        clause="4.1.3",
        space="company",
        project="none",
        states=_LIFE.states,
        moves=_LIFE.moves,
        title="name",
        columns=("name", "sort", "version", "service_kinds"),
        writers=(ENGINEER, *LEADS, QUALITY),
        menu=84,
    )

    name = line("名称", "Name", required=True)
    sort = choice("类别", "Kind", SORTS)
    service_kinds = choices("适用的服务类型", "Kinds of service", SERVICE_KINDS)
    special = prose(
        "特定要求",
        "Special requirements",
        hint=W("作业许可、监护、回退条件", "permits, a second person, conditions for going back"),
    )
    steps = prose("步骤与要求", "Steps and requirements")
    basis = line("依据", "Basis", hint=W("标准、厂家手册、合同条款", "standard, manual, contract"))
    version = count("版本", "Version", low="1")
    follows = link("替代版本", "Follows version", "service_method")
