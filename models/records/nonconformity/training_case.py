"""Training cases: the irregular services that a training answers."""

from __future__ import annotations

from models.records.nonconformity.training import READERS
from models.schema.fields import line, link
from models.schema.kind import Kind
from models.schema.record import Record
from models.text.words import W


class TrainingCase(Record):
    """An irregular service that a training answers 针对的不规范服务. Clause: 5.3.2(2)."""

    kind = Kind(
        name="training_case",
        label=W("针对的不规范服务", "Case"),
        code="TC",
        row="Q-532b",
        clause="5.3.2(2)",
        space="parent",
        project="optional",
        parent="training",
        writers=READERS,
        title="service",
        columns=("service", "remark"),
        menu=0,
    )

    training = link("培训", "Training", "training", required=True, at_birth=True)
    service = link(
        "不规范服务", "Irregular service", "irregular_service", required=True, at_birth=True
    )
    remark = line("说明", "Remark")
