"""Archives of projects: collected until they are complete, then filed as they are."""

from __future__ import annotations

from models.schema.fields import line, moment, person, prose
from models.schema.kind import Kind
from models.schema.lifecycle import Move, State, with_reason
from models.schema.record import Record
from models.schema.roles import LEADS, QUALITY
from models.text.words import W

FILED = "filed"


class ProjectArchive(Record):
    """The archive 归档 of a project. Clause: 6.1.

    Which documents are there is worked out from the records at every look (`holdings`). Filing asks
    for all of them, and keeps the list with the record; what comes later is told beside it.
    """

    kind = Kind(
        name="project_archive",
        label=W("项目归档", "Project archive"),
        code="AR",
        row="Q-61a",
        clause="6.1",
        states=(
            State("open", W("收集整理中", "collecting"), tone="busy"),
            State(FILED, W("已归档", "filed"), tone="good", frozen=True, ended=True),
        ),
        moves=(
            Move(
                id="file",
                label=W("归档", "File"),
                from_=("open",),
                to=FILED,
                who=LEADS,
                asks=("remark",),
                fills={"filed_at": "now", "filed_by": "me"},
            ),
            with_reason("reopen", W("重新整理", "Reopen"), (FILED,), "open", (*LEADS, QUALITY)),
        ),
        key=("project",),
        title="name",
        columns=("name", "filed_at", "filed_by", "remark"),
        writers=LEADS,
        compiled="content",
        menu=91,
    )

    name = line("名称", "Name")
    remark = prose("说明", "Remark", hint=W("纸质原件存放处等", "where originals are kept, …"))
    filed_at = moment("归档时间", "Filed at", by_move=True, computed=True)
    filed_by = person("归档人", "Filed by", by_move=True, computed=True)
    content = prose("归档内容", "Content as filed", computed=True, internal=True, by_move=True)
