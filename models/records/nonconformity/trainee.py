"""Trainees: who was there, and how they did."""

from __future__ import annotations

from models.records.nonconformity.training import READERS
from models.schema.fields import flag, line, link, number, person
from models.schema.kind import Kind
from models.schema.record import Record
from models.text.words import W


class Trainee(Record):
    """Somebody's attendance of a training 参训记录. Clause: 5.3.2(2)."""

    kind = Kind(
        name="trainee",
        label=W("参训记录", "Trainee"),
        code="TE",
        row="Q-532b",
        clause="5.3.2(2)",
        space="parent",
        project="optional",
        parent="training",
        writers=READERS,
        title="person",
        columns=("person", "attended", "score", "passed", "remark"),
        menu=0,
    )

    training = link("培训", "Training", "training", required=True, at_birth=True)
    person = person("参加人", "Person", required=True)
    attended = flag("到场", "Was there")
    score = number("考核成绩", "Score")
    passed = flag("合格", "Passed")
    remark = line("说明", "Remark")
