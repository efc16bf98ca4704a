"""Providers: companies to which services are subcontracted, each with its contract."""

from __future__ import annotations

from models.schema.fields import day, line, prose
from models.schema.kind import Kind
from models.schema.lifecycles import register
from models.schema.record import Record
from models.schema.roles import LEADS, QUALITY
from models.text.words import W

_LIFE = register((*LEADS, QUALITY))


class Provider(Record):
    """A subcontractor 外包服务提供商; its contract says what follows an incident. Clause: 5.4."""

    kind = Kind(
        name="provider",
        label=W("外包服务提供商", "Subcontractor"),
        code="PV",
        clause="5.4",
        space="company",
        project="none",
        states=_LIFE.states,
        moves=_LIFE.moves,
        title="name",
        columns=("name", "service", "contract_no", "contract_to"),
        due="contract_to",
        menu=81,
    )

    name = line("名称", "Name", required=True)
    service = line("外包的服务", "Service")
    contract_no = line("外包合同编号", "Contract number")
    contract_from = day("合同生效", "Contract from", group="contract_period")
    contract_to = day("合同到期", "Contract to", group="contract_period")
    penalty_terms = prose(
        "违约与处罚约定", "Penalty clauses", hint=W("条款号和内容", "clause numbers and their text")
    )
    contact = line("联系人", "Contact")
    phone = line("电话", "Phone", max=60)
    remark = prose("备注", "Remark")
