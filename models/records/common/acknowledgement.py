"""Acknowledgements: that a person has taken note of a record; written once, by that person only."""

from __future__ import annotations

from models.schema.fields import line, link
from models.schema.kind import Kind
from models.schema.record import Record
from models.text.words import W


class Acknowledgement(Record):
    """One person's word about one submission of a record.

    Its natural key has its author, so it cannot be written for another person, and two devices of
    one person write the same one. Who must write it is declared (`Kind.acknowledge`).
    """

    kind = Kind(
        name="acknowledgement",
        label=W("知悉", "Acknowledgement"),
        code="AK",
        columns=("about",),
        key=("about", "round", "author"),
        parent="about",
        add_only=True,
        own_only=True,
        space="parent",
        project="optional",
        indexes=(("about",),),
        menu=0,
    )

    about = link("关于", "About", "", required=True)
    round = line("所知悉的一次提交", "Submission", internal=True, max=64)
