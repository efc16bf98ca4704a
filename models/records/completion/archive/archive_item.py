"""Archive items: files that are kept with an archive, and what a project does not need."""

from __future__ import annotations

from models.schema.fields import line, link, prose
from models.schema.kind import Kind
from models.schema.lifecycle import Move, State, with_reason
from models.schema.record import Record
from models.schema.roles import ENGINEER, LEADS
from models.text.words import W

NOT_NEEDED = "not_needed"


class ArchiveItem(Record):
    """A document of the list that no record is, with its files; or that it is not needed, and why.

    Clause: 6.1.
    """

    kind = Kind(
        name="archive_item",
        label=W("收存文件", "Archived file"),
        code="AF",
        row="Q-61a",
        clause="6.1",
        states=(
            State("kept", W("收存", "kept"), tone="good"),
            State(NOT_NEEDED, W("本项目不需要", "not needed")),
        ),
        moves=(
            with_reason(
                "waive",
                W("本项目不需要", "Not needed here"),
                ("kept",),
                NOT_NEEDED,
                LEADS,
                needs=("why",),
                asks=("why",),
                requires_comment=False,
            ),
            Move(
                id="require",
                label=W("仍须归档", "Needed after all"),
                from_=(NOT_NEEDED,),
                to="kept",
                who=LEADS,
            ),
        ),
        title="name",
        columns=("name", "place", "why"),
        parent="archive",
        key=("archive", "document"),
        writers=(ENGINEER, *LEADS),
        menu=0,
    )

    archive = link("项目归档", "Project archive", "project_archive", required=True, at_birth=True)
    document = line("清单中的代码", "Code in the list", max=40, required=True, at_birth=True)
    name = line("文件", "Kept document")
    place = line(
        "存放位置",
        "Kept at",
        hint=W(
            "原件在哪里；电子件请附在本记录上", "where the original is; attach files to this record"
        ),
    )
    why = prose("不需要的原因", "Why it is not needed")
