"""The page of a project as lines: where it stands, what comes next, and its sections."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from models.frozen import NamedTuple
from models.queries import project_lines
from models.queries.project_lines import (
    AHEAD,
    CURRENT,
    DONE,
    LACKING,
    ProjectLine,
    ProjectLook,
    SectionLines,
    StageLine,
)
from models.records.registers.project import Project
from models.schema.lifecycle import Tone
from models.text.words import W, say
from tui.display.parts import Span, Style, TextPart
from tui.display.task_rows import due_words
from tui.display.terminal_text import cut, pad, width
from tui.display.values import Values, named

if TYPE_CHECKING:
    from sync.workspace.workspace import Workspace

STAGE = W("阶段", "Stage")
NEXT = W("下一步", "Next")
NOTHING_NEXT = W("没有等待办理的事项", "nothing is waiting")
PAPERS = W("可导出或签发的文件（Ctrl+E）", "What can be exported or issued (Ctrl+E)")
SAID = W("{label}  {name}", "{label}  {name}")
MARKS = {DONE: "✓", LACKING: "✗", CURRENT: "▶", AHEAD: "·"}
TONES: dict[str, Style] = {DONE: "good", LACKING: "bad", CURRENT: "title", AHEAD: "muted"}
STYLES: dict[Tone, Style] = {"": "muted", "good": "good", "bad": "bad", "warn": "warn"}
STYLES |= {"busy": "busy"}
STEPS = 3
"""Next steps that are shown."""
LABEL, GAP, EDGE = 11, 2, 2
STATE, DUE = 15, 8
"""Cells of a line's state and day."""
LEAST = 12
STAGES, STEP, FILES = "stage", "next", "papers"


class ProjectPicture(NamedTuple):
    """What the page of a project shows."""

    stages: list[StageLine]
    steps: list[ProjectLine]
    sections: list[SectionLines]


def read(workspace: Workspace, project: Project) -> ProjectPicture:
    """One look at a project."""
    look = ProjectLook(workspace.book, project)
    found = project_lines.stages(look)
    steps = project_lines.next_steps(look, found)[:STEPS]
    return ProjectPicture(found, steps, list(project_lines.sections(look)))


class ProjectView:
    """Sets what a project shows into parts of a given width, and knows what each opens."""

    def __init__(self, workspace: Workspace, project: Project, found: ProjectPicture) -> None:
        self.values = Values(workspace)
        self.project, self.found = project, found
        self.opens: dict[str, ProjectLine] = {}
        """What Enter opens, by the id of its part."""

    def parts(self, room: int) -> list[TextPart]:
        """All of it, for a window of so many cells."""
        wide = max(room - EDGE - LABEL - GAP, LEAST)
        self.opens = {STAGES: ProjectLine(record=self.project)}
        parts = [TextPart(self._stages(), STAGES, label=_label(STAGE), clip=True)]
        steps = self.found.steps or [ProjectLine(text=NOTHING_NEXT, record=self.project)]
        parts += self._section(STEP, NEXT, steps, wide)
        for one in self.found.sections:
            parts += self._section(one.section.name, one.section.label, one.lines, wide)
        parts.append(TextPart(str(PAPERS), FILES, label=_label(""), style="muted", clip=True))
        return parts

    def _stages(self) -> list[Span]:
        spans: list[Span] = []
        for one in self.found.stages:
            text = f"{MARKS[one.standing]} {one.stage.label}"
            spans += [(text, TONES[one.standing]), ("   ", "")]
        return spans[:-1]

    def _section(
        self, name: str, label: W, lines: Sequence[ProjectLine], wide: int
    ) -> Iterable[TextPart]:
        for at, line in enumerate(lines):
            id = f"{name}:{line.key}"
            self.opens[id] = line
            head = _label(label) if at == 0 else _label("")
            yield TextPart(self._spans(line, wide), id, label=head, clip=True)

    def _spans(self, line: ProjectLine, wide: int) -> list[Span]:
        state = self.values.person(line.person) if line.person else str(line.state)
        due = due_words(line.due, self.values.today) if line.due is not None else ""
        ends = [text for text in (state, due) if text]
        if not ends:
            return [(cut(self._text(line), wide), _plain(line))]
        style: Style = "" if line.person else STYLES[line.tone]
        after = cut(state, STATE, padded=True) + " " + cut(due, DUE, padded=True)
        if not due and width(state) > STATE:
            after = cut(state, STATE + DUE + 1)
        text = cut(self._text(line), max(wide - width(after) - 1, LEAST), padded=True)
        return [(text + " ", ""), (after, style)]

    def _text(self, line: ProjectLine) -> str:
        if line.text or line.record is None:
            return str(line.text)
        label, name = line.record.kind.label, named(line.record, self.values)
        return name if name == line.record.number else say(SAID, label=label, name=name)


def _label(text: str | W) -> str:
    """The label of a section; all have one width, that of those without a word too."""
    return pad(cut(str(text), LABEL), LABEL)


def _plain(line: ProjectLine) -> Style:
    """The style of a line without a state of its own."""
    known = line.tone in ("good", "bad", "warn")
    return STYLES[line.tone] if known else "muted" if line.type and not line.begins else ""
