"""Docx template: docxtpl's template, with what it does to people's text left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docxtpl import DocxTemplate  # type: ignore[import-untyped]
from lxml import etree  # type: ignore[import-untyped]

MARK = (
    '<w:p %s><w:pPr><w:jc w:val="right"/></w:pPr><w:r><w:rPr><w:b/><w:color w:val="C00000"/>'
    '</w:rPr><w:t xml:space="preserve"/></w:r></w:p>'
)
PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


class TemplateFilling(DocxTemplate):  # type: ignore[misc]
    """One template being filled in."""

    def render_xml_part(self, src_xml: str, part: Any, context: Any, jinja_env: Any = None) -> str:
        """The library would also turn a typed '{_{' into '{{'; what people typed stays."""
        self.current_rendering_part = part
        return str(self.resolve_listing(jinja_env.from_string(src_xml).render(context)))

    def fix_tables(self, xml: str) -> Any:
        """The library would mend torn XML by dropping what does not fit; that is a fault here."""
        etree.fromstring(xml, PARSER)
        return super().fix_tables(xml)

    def render_properties(self, context: Any, jinja_env: Any = None) -> None:
        """The document's title and author are plain text, and Word keeps 255 characters of them."""
        plain = jinja_env.overlay(autoescape=False)
        about = self.docx.core_properties
        for name in ("title", "subject", "author", "comments", "keywords", "category"):
            given = getattr(about, name)
            if "{" in given:
                setattr(about, name, plain.from_string(given).render(context)[:255])

    def mark(self, text: str) -> None:
        """Put a mark at the head of every page, unless the template does so itself."""
        if not text:
            return
        for head in self._heads(self.docx.sections[0]):
            if head.is_linked_to_previous:  # there is none; this makes an empty one
                head.is_linked_to_previous = False
        for relation in self.docx.part.rels.values():
            if relation.reltype == self.HEADER_URI:
                _mark(relation.target_part.element, text)

    def _heads(self, section: Any) -> Iterator[Any]:
        """The page headers that a section uses."""
        yield section.header
        if section.different_first_page_header_footer:
            yield section.first_page_header
        if self.docx.settings.odd_and_even_pages_header_footer:
            yield section.even_page_header


def _mark(head: Any, text: str) -> None:
    if text in "".join(node.text or "" for node in head.iter("{*}t")):
        return
    line = parse_xml(MARK % nsdecls("w"))
    line.findall(".//{*}t")[0].text = text
    head.insert(0, line)
