"""Qualifications: the trainings and certificates in a person's competence file."""

from __future__ import annotations

from models.schema.fields import choice, day, line, link
from models.schema.kind import Kind
from models.schema.record import Record
from models.schema.roles import DEPARTMENT_MANAGER, GENERAL_OFFICE
from models.text.words import W

SORTS = (
    ("education", "教育", "education"),
    ("training", "培训", "training"),
    ("certificate", "资质证书", "certificate"),
)


class Qualification(Record):
    """A certificate, a training or a degree: number, issuer and until when. Clause: 4.1.2."""

    kind = Kind(
        name="qualification",
        label=W("资格证明", "Qualification"),
        code="QL",
        row="Q-412",
        clause="4.1.2",
        space="parent",
        project="none",
        title="name",
        columns=("sort", "name", "document_no", "issuer", "valid_to"),
        parent="competence",
        due="valid_to",
        writers=(DEPARTMENT_MANAGER, GENERAL_OFFICE),
        menu=0,
    )

    competence = link("人员能力档案", "Competence file", "competence", required=True, at_birth=True)
    sort = choice("类别", "Kind", SORTS, required=True)
    name = line("名称", "Name", required=True)
    document_no = line("证书编号", "Certificate number")
    issuer = line("发证或培训单位", "Issued by")
    issued_on = day("取得日期", "Issued on")
    valid_to = day("有效期至", "Valid to")
