"""Proposal methods: the methods and procedures of a proposal, each pinned by its version."""

from __future__ import annotations

from models.schema.fields import count, line, link, prose
from models.schema.kind import Kind
from models.schema.record import Record
from models.schema.roles import ENGINEER, LEADS
from models.text.words import W


class ProposalMethod(Record):
    """A version of a method that a proposal's service follows. Clause: 4.1.3."""

    kind = Kind(
        name="proposal_method",
        label=W("采用的方法与程序", "Method of the proposal"),
        code="TM",
        row="Q-413",
        clause="4.1.3",
        columns=("position", "method", "version", "applies"),
        parent="proposal",
        order="position",
        writers=(ENGINEER, *LEADS),
        menu=0,
    )

    proposal = link("技术服务方案", "Service proposal", "service_proposal", required=True)
    position = count("序号", "No.", low="1")
    method = link(
        "方法与程序", "Method or procedure", "service_method", required=True, at_birth=True
    )
    version = count("版本", "Version", computed=True)
    applies = prose("用于何处", "Where it applies")
    stable = line("编码", "Code", max=60, hint=W("各版本间不变", "the same in every version"))
