"""Fill: a template and a document's data become a Word file, the same one every time."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from models.text.words import Refused, W
from tui.documents.word import template_guard
from tui.documents.word.reproducible_zip import settled

Data = Mapping[str, Any]
BROKEN = W(
    "模板 {file} 的结构有误，填不进内容（{what}）。"
    "请检查 for 和 endfor、if 和 endif 是否成对并在同一层。",
    "The template {file} cannot be filled in ({what}). Check that each for has its endfor and each"
    " if its endif, in the same table or paragraph.",
)


def fill(template: bytes, data: Data, file: str) -> bytes:
    """The document. Raises `Refused` with one sentence for whatever is wrong with the template."""
    template_guard.check(template, file)
    from tui.documents.word import docx_template, template_sandbox

    def filled() -> bytes:
        made = docx_template.TemplateFilling(BytesIO(template))
        made.render(dict(data), template_sandbox.Sandbox(), autoescape=True)
        made.mark(str(data.get("mark") or ""))
        out = BytesIO()
        made.save(out)
        return settled(out.getvalue())

    try:
        return bytes(template_sandbox.read(filled, file))
    except Refused:
        raise
    except Exception as error:  # three libraries read a foreign file: any exception may come of it
        raise Refused(BROKEN, file=file, what=type(error).__name__) from error
