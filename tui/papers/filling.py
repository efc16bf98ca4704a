"""Filling: docxtpl's template, with what it does to people's text left out."""

from __future__ import annotations

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import RGBColor
from docxtpl import DocxTemplate  # type: ignore[import-untyped]
from lxml import etree  # type: ignore[import-untyped]

PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


class Filling(DocxTemplate):  # type: ignore[misc]
    """One template being filled in."""

    def render_xml_part(self, src_xml: str, part: Any, context: Any, jinja_env: Any = None) -> str:
        """The library would also turn a typed '{_{' into '{{'; what people typed stays."""
        self.current_rendering_part = part
        return str(self.resolve_listing(jinja_env.from_string(src_xml).render(context)))

    def fix_tables(self, xml: str) -> Any:
        """The library would mend torn XML by dropping what does not fit; that is a fault here."""
        etree.fromstring(xml, PARSER)
        return super().fix_tables(xml)

    def mark(self, text: str) -> None:
        """Put a mark at the head of every page, unless the template does so itself."""
        if not text:
            return
        for section in self.docx.sections:
            heads = [section.header]
            if section.different_first_page_header_footer:
                heads.append(section.first_page_header)
            if self.docx.settings.odd_and_even_pages_header_footer:
                heads.append(section.even_page_header)
            for head in heads:
                _mark(head, text)


def _mark(head: Any, text: str) -> None:
    if text in "".join(node.text or "" for node in head._element.iter("{*}t")):
        return
    first = head.paragraphs[0] if head.paragraphs else head.add_paragraph()
    run = first.insert_paragraph_before().add_run(text)
    run.font.bold, run.font.color.rgb = True, RGBColor(0xC0, 0, 0)
    run._element.getparent().getparent()
    head.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
