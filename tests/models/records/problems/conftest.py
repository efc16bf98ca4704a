"""A solved problem, and a book in which everything has a name."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.schema.record import Record
from sync.workspace.workspace import Workspace
from tests.support.named_things import NAMES
from tests.support.team import admit


@pytest.fixture
def solved(book: Book, project: str) -> Record:
    """A typical problem, fixed and verified."""
    site = book.add("site", {"name": "滨河机房"}).id
    device = book.add("equipment", {"name": "UPS-01", "site": site, "equipment_class": "power"})
    values = {
        **{"phenomenon": "UPS 切旁路\n蜂鸣", "site": site, "equipment": device.id},
        **{"found_during": "monitoring", "cause": "电池内阻超限", "cause_class": "equipment"},
        **{"correction": "更换电池", "typical": True},
    }
    fix = book.add("fix", values, project=project)
    book.move(fix.id, "fix")
    return book.move(fix.id, "verify", {"verify_method": "放电 10 分钟"})


@pytest.fixture
def world(workspace: Workspace, book: Book) -> str:
    """Everything with a name; returns the project."""
    admit(workspace, NAMES["person"], ["engineer"])
    named = {"name": NAMES["customer"], "short": NAMES["short"], "contact": NAMES["contact"]}
    customer = book.add("customer", named).id
    site = book.add("site", {"name": NAMES["site"], "customer": customer}).id
    device = {"name": NAMES["equipment"], "serial_no": NAMES["serial"], "site": site}
    book.add("equipment", {**device, "equipment_class": "power"})
    project = book.add("project", {"name": NAMES["project"], "customer": customer})
    return project.id
