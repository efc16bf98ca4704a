"""`archive`: the documents of a project as one .zip with an index and checksums."""

from __future__ import annotations

from pathlib import Path

import click

from models.queries import lookup
from models.records.completion.archive.lacking import LACKS, said
from models.records.registers.project import Project
from models.text.words import W, say
from tui.areas import contributions as _  # noqa: F401  (reads what the areas register)
from tui.areas.completion import archive_pack
from tui.cli.command_context import CommandContext, pass_desk
from tui.cli.options import command, option
from tui.cli.streams import output
from tui.cli.streams.output import shares

PACKED = W(
    "{project} 的归档文件已写入 {file}：{n} 个文件，{done}/{all} 项齐全。",
    "Archive of {project} written to {file}: {n} files, {done} of {all} documents there.",
)
ABSENT = W(
    "附件 {name}（{of}）未到本机，未收入。请先同步。",
    "The attachment {name} ({of}) is not on this device and was left out. Sync first.",
)


@command(
    "archive",
    W(
        "把项目的归档文件连同附件打成一个 .zip，附目录、SHA-256 和页数，并列出缺少的文件。",
        "Pack the documents of a project with their files into one .zip with an index, SHA-256 and"
        " page counts, and list what is lacking.",
    ),
    examples=("archive --project P -o archive.zip",),
)
@option("--project", metavar="P", words=W("哪个项目（默认常用项目）", "which project"))
@option(
    "-o",
    "--output",
    "file",
    metavar="FILE",
    required=True,
    type=click.Path(path_type=Path),
    words=W("写入的 .zip 文件", "the .zip file to write"),
)
@option("--force", is_flag=True, words=W("覆盖已有文件", "overwrite the file"))
@pass_desk
def archive(desk: CommandContext, project: str | None, file: Path, force: bool) -> None:
    """Write the archive, and say what is lacking."""
    with desk.open() as workspace:
        book = workspace.book
        if project is None:
            about = book.get(lookup.usual_project(book, workspace.settings.project))
        else:
            about = lookup.project(book, project)
        assert isinstance(about, Project)
        made = archive_pack.write(workspace, about, file, force=force, progress=shares())
        lacking, every = made.found.lacking(), len(made.found.entries)
        counts = {"done": every - len(lacking), "all": every}
        n = len(made.files) - len(made.absent)
        output.put(say(PACKED, project=about.number, file=file, n=n, **counts))
        for entry in lacking:
            output.put(str(said(LACKS, entry)))
        for one in made.absent:
            output.put(say(ABSENT, name=one.path.rpartition("/")[2], of=one.about))
