"""What a person chooses in the menu of documents."""

from __future__ import annotations

from typing import NamedTuple

from models.text.words import W


class DocumentChoice(NamedTuple):
    """One way to put a record on paper."""

    document: str
    record: str
    """The id of the record it is about: a project for its week."""
    word: W
    suffix: str = ".docx"
    issue: bool = False
    edition: str = ""
    week: str = ""

    @property
    def id(self) -> str:
        """Names it in a menu."""
        issue = "issue" if self.issue else "draft"
        return f"{self.document}/{self.edition}/{issue}{self.suffix}"
