"""Random checks of tests: sites, people and norms to draw from."""

from __future__ import annotations

from models.book.book import Book
from models.schema.record import Record
from tests.support import checks

DAYS = {"first": "2026-11-23", "last": "2026-11-27"}
NORMS = ({"text_zh": "佩戴工牌", "expected": "全员佩戴"}, {"text_zh": "客户签字"})


def furnished(book: Book, project: str) -> list[str]:
    """A customer with three sites, and norms in force; the ids of the sites."""
    customer = book.add("customer", {"name": "地铁公司"})
    book.edit(project, {"customer": customer.id})
    checks.template(book, None, NORMS, purpose="conduct", name_zh="服务规范")
    names = ("一号机房", "二号机房", "三号机房")
    return [book.add("site", {"name": name, "customer": customer.id}).id for name in names]


def draw(book: Book, project: str) -> Record:
    """A draw of that week."""
    return book.add("random_draw", DAYS, project=project)
