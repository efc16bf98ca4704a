"""Customers of the company (甲方)."""

from __future__ import annotations

from models.schema.fields import line, prose
from models.schema.kind import Kind
from models.schema.lifecycles import register
from models.schema.record import Record
from models.text.words import W

_LIFE = register()


class Customer(Record):
    """A customer: whose sites and projects the records belong to."""

    kind = Kind(
        name="customer",
        label=W("客户", "Customer"),
        code="CU",
        space="company",
        project="none",
        states=_LIFE.states,
        moves=_LIFE.moves,
        title="name",
        columns=("name", "contact", "phone"),
        menu=80,
    )

    name = line("名称", "Name", required=True)
    short = line("简称", "Short name", max=40)
    contact = line("联系人", "Contact")
    phone = line("电话", "Phone", max=60)
    address = line("地址", "Address")
    remark = prose("备注", "Remark")
