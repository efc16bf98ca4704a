"""Attachments of any record: a reference by checksum; the bytes are files in the workspace."""

from __future__ import annotations

from models.schema.fields import count, file, line, link
from models.schema.kind import Kind
from models.schema.record import Record
from models.text.words import W


class Attachment(Record):
    """A file attached to a record; add-only. The name is a label, not a path."""

    kind = Kind(
        name="attachment",
        label=W("附件", "Attachment"),
        code="AT",
        title="name",
        columns=("name", "size"),
        parent="about",
        add_only=True,
        space="parent",
        project="optional",
        menu=0,
    )

    about = link("关于", "About", "", required=True)
    name = line("文件名", "File name", required=True)
    sha256 = file("内容校验", "SHA-256", required=True)
    size = count("大小（字节）", "Size (bytes)", low="0")
